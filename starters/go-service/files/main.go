// Starts the service on PORT (8000 when there is none); data stay in DATA_DIR.
package main

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"app/internal/desk"
	"app/internal/web"
)

func main() {
	if err := run(); err != nil {
		log.SetOutput(os.Stdout)
		log.Fatal(err)
	}
}

func run() error {
	settings, err := desk.ReadSettings("settings.json")
	if err != nil {
		return err
	}
	folder := or(os.Getenv("DATA_DIR"), "data")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	store, err := desk.Open(filepath.Join(folder, "desk.db"), settings, time.Now)
	if err != nil {
		return err
	}
	defer store.Close()

	ending, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server := &http.Server{
		Addr:              net.JoinHostPort(or(os.Getenv("HOST"), "127.0.0.1"), or(os.Getenv("PORT"), "8000")),
		Handler:           web.Handler(store, settings),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       time.Minute,
	}
	ended := make(chan error, 1)
	go func() {
		<-ending.Done()
		patience, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		ended <- server.Shutdown(patience)
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-ended
}

func or(value, usual string) string {
	if value == "" {
		return usual
	}
	return value
}
