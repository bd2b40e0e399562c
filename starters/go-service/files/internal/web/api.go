package web

import (
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"strconv"

	"app/internal/desk"

	"github.com/go-chi/chi/v5"
)

// route is one of the API's: it is served by this table, and described by it.
type route struct {
	method, path, summary string
	// takes names what its body has; nothing when it takes none.
	takes []string
	// asks names what may stand in its query.
	asks   []string
	status int
	serve  func(request *http.Request) (any, error)
}

const bodyBytesMax = 64 * 1024

func routes(store *desk.Store) []route {
	return []route{
		{"GET", "/api/summary", "How many things there are, are lent and are overdue", nil, nil, 200,
			func(*http.Request) (any, error) { return store.Summary() }},
		{"GET", "/api/things", "Things, by name", nil, []string{"search", "state"}, 200,
			func(request *http.Request) (any, error) {
				query := request.URL.Query()
				return store.Things(query.Get("search"), query.Get("state"))
			}},
		{"POST", "/api/things", "Add a thing", []string{"name", "kind"}, nil, 201,
			func(request *http.Request) (any, error) {
				given, err := bodyOf[desk.NewThing](request)
				if err != nil {
					return nil, err
				}
				return store.Add(given)
			}},
		{"GET", "/api/things/{id}", "One thing", nil, nil, 200,
			func(request *http.Request) (any, error) { return store.Thing(idOf(request)) }},
		{"PUT", "/api/things/{id}", "Give it another name or kind", []string{"name", "kind"}, nil, 200,
			func(request *http.Request) (any, error) {
				given, err := bodyOf[desk.NewThing](request)
				if err != nil {
					return nil, err
				}
				return store.Change(idOf(request), given)
			}},
		{"DELETE", "/api/things/{id}", "Take it out, with its history", nil, nil, 204,
			func(request *http.Request) (any, error) { return nil, store.Remove(idOf(request)) }},
		{"POST", "/api/things/{id}/loan", "Lend it", []string{"to", "contact", "due"}, nil, 201,
			func(request *http.Request) (any, error) {
				given, err := bodyOf[desk.NewLoan](request)
				if err != nil {
					return nil, err
				}
				return store.Lend(idOf(request), given)
			}},
		{"DELETE", "/api/things/{id}/loan", "Take it back", nil, nil, 200,
			func(request *http.Request) (any, error) { return store.Return(idOf(request)) }},
		{"GET", "/api/things/{id}/loans", "Who had it, newest first", nil, nil, 200,
			func(request *http.Request) (any, error) { return store.History(idOf(request)) }},
	}
}

func (each route) answer(writer http.ResponseWriter, request *http.Request) {
	request.Body = http.MaxBytesReader(writer, request.Body, bodyBytesMax)
	told, err := each.serve(request)
	if err != nil {
		refuse(writer, err)
		return
	}
	if each.status == http.StatusNoContent {
		writer.WriteHeader(each.status)
		return
	}
	reply(writer, each.status, told)
}

// trouble is an answer that says what is wrong.
type trouble struct {
	Detail string            `json:"detail"`
	Fields map[string]string `json:"fields,omitempty"`
}

func refuse(writer http.ResponseWriter, err error) {
	var refused *desk.Refused
	if errors.As(err, &refused) {
		reply(writer, refused.Status, trouble{refused.Say, refused.Fields})
		return
	}
	log.Print(err)
	reply(writer, 500, trouble{Detail: "That did not work. Try again."})
}

func reply(writer http.ResponseWriter, status int, told any) {
	writer.Header().Set("content-type", "application/json; charset=utf-8")
	writer.WriteHeader(status)
	if err := json.NewEncoder(writer).Encode(told); err != nil {
		log.Print(err)
	}
}

// idOf is 0, which no thing has, for what is no number.
func idOf(request *http.Request) uint64 {
	id, _ := strconv.ParseUint(chi.URLParam(request, "id"), 10, 64)
	return id
}

// bodyOf reads JSON with known fields and nothing behind it.
func bodyOf[T any](request *http.Request) (T, error) {
	var given T
	decoder := json.NewDecoder(request.Body)
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&given)
	if err == nil && decoder.Decode(&struct{}{}) != io.EOF {
		err = errors.New("there is more than one value")
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return given, &desk.Refused{Status: 413, Say: "That is too long."}
	}
	if err != nil {
		return given, &desk.Refused{Status: 400, Say: "The body is not what is asked for: " + err.Error() + "."}
	}
	return given, nil
}
