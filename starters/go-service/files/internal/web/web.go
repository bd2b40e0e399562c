// Package web is what browsers and programs see of the desk.
package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"log"
	"math"
	"net/http"
	"strconv"
	"time"

	"app/internal/desk"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

//go:embed static pages.gohtml
var files embed.FS

var pages = template.Must(template.ParseFS(files, "pages.gohtml"))

const policy = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"

// Handler answers everything.
func Handler(store *desk.Store, settings desk.Settings) http.Handler {
	router := chi.NewRouter()
	router.Use(middleware.Recoverer, guard)
	all := routes(store)
	for _, each := range all {
		router.Method(each.method, each.path, http.HandlerFunc(each.answer))
	}
	router.Get("/", func(writer http.ResponseWriter, _ *http.Request) {
		sum, err := store.Summary()
		if err != nil {
			refuse(writer, err)
			return
		}
		due := time.Now().UTC().AddDate(0, 0, settings.Days).Format("2006-01-02")
		show(writer, "desk", map[string]any{"Settings": settings, "Summary": sum, "Due": due})
	})
	router.Get("/docs", func(writer http.ResponseWriter, _ *http.Request) {
		show(writer, "docs", map[string]any{"Settings": settings, "Routes": listed(all)})
	})
	router.Get("/openapi.json", func(writer http.ResponseWriter, _ *http.Request) {
		reply(writer, 200, describe(settings.Title, all))
	})
	router.Get("/theme.css", func(writer http.ResponseWriter, _ *http.Request) {
		writer.Header().Set("content-type", "text/css; charset=utf-8")
		fmt.Fprint(writer, themeOf(settings.Accent))
	})
	router.Handle("/static/*", http.FileServerFS(files))
	router.NotFound(func(writer http.ResponseWriter, _ *http.Request) {
		refuse(writer, &desk.Refused{Status: 404, Say: "There is nothing here."})
	})
	return router
}

func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("content-security-policy", policy)
		writer.Header().Set("x-content-type-options", "nosniff")
		next.ServeHTTP(writer, request)
	})
}

// show writes a page that was made whole before, so that half of one is never sent.
func show(writer http.ResponseWriter, name string, data any) {
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, name, data); err != nil {
		refuse(writer, err)
		return
	}
	writer.Header().Set("content-type", "text/html; charset=utf-8")
	if _, err := page.WriteTo(writer); err != nil {
		log.Print(err)
	}
}

type listedRoute struct {
	Method, Path, Summary string
	Takes, Asks           []string
}

func listed(all []route) []listedRoute {
	var shown []listedRoute
	for _, each := range all {
		shown = append(shown, listedRoute{each.method, each.path, each.summary, each.takes, each.asks})
	}
	return shown
}

// themeOf is the colour of the settings, made so that what is written on it can be read.
func themeOf(accent string) string {
	ink := "#ffffff"
	if light(accent) > 0.179 {
		ink = "#000000"
	}
	return fmt.Sprintf(":root { --accent: %s; --on-accent: %s; }\n", accent, ink)
}

// light is the relative luminance of a colour such as #1d4ed8, as WCAG defines it.
func light(color string) float64 {
	sum := 0.0
	for part, weight := range []float64{0.2126, 0.7152, 0.0722} {
		value, _ := strconv.ParseUint(color[1+2*part:3+2*part], 16, 8)
		share := float64(value) / 255
		if share <= 0.04045 {
			sum += weight * share / 12.92
		} else {
			sum += weight * math.Pow((share+0.055)/1.055, 2.4)
		}
	}
	return sum
}
