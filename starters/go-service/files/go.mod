module app

go 1.25.0

// buildWithout settings.json README.md

require (
	github.com/go-chi/chi/v5 v5.5.0 // licence MIT
	go.etcd.io/bbolt v1.5.0 // licence MIT
)

require golang.org/x/sys v0.45.0 // indirect; licence BSD-3-Clause
