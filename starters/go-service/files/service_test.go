package main

import (
	"bytes"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"app/internal/desk"
	"app/internal/web"
)

// service is the real handler before a real file.
type service struct {
	t        *testing.T
	path     string
	settings desk.Settings
	now      time.Time
	store    *desk.Store
	server   *httptest.Server
}

func open(t *testing.T) *service {
	settings, err := desk.ReadSettings("settings.json")
	if err != nil {
		t.Fatal(err)
	}
	made := &service{t: t, path: filepath.Join(t.TempDir(), "desk.db"), settings: settings, now: time.Now()}
	made.start()
	t.Cleanup(made.stop)
	return made
}

func (its *service) start() {
	store, err := desk.Open(its.path, its.settings, func() time.Time { return its.now })
	if err != nil {
		its.t.Fatal(err)
	}
	its.store, its.server = store, httptest.NewServer(web.Handler(store, its.settings))
}

func (its *service) stop() {
	its.server.Close()
	its.store.Close()
}

func (its *service) ask(method, path string, body any) (int, string) {
	its.t.Helper()
	text, _ := json.Marshal(body)
	if raw, is := body.(string); is {
		text = []byte(raw)
	}
	request, _ := http.NewRequest(method, its.server.URL+path, bytes.NewReader(text))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		its.t.Fatal(err)
	}
	defer answer.Body.Close()
	told, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, string(told)
}

// expect fails unless the answer has the status and the words.
func (its *service) expect(status int, words string, method, path string, body any) string {
	its.t.Helper()
	got, told := its.ask(method, path, body)
	if got != status || !strings.Contains(told, words) {
		its.t.Fatalf("%s %s: %d %s\nwanted %d with %s", method, path, got, told, status, words)
	}
	return told
}

func (its *service) thing(name string) desk.NewThing {
	return desk.NewThing{Name: name, Kind: its.settings.Kinds[0]}
}

func loan(to string) desk.NewLoan { return desk.NewLoan{To: to, Contact: "at the door"} }

func TestThingsAreAddedRenamedAndRemoved(t *testing.T) {
	its := open(t)
	its.expect(201, `"name":"Drill"`, "POST", "/api/things", its.thing(" Drill "))
	last := its.settings.Kinds[len(its.settings.Kinds)-1]
	its.expect(200, `"name":"Hammer drill"`, "PUT", "/api/things/1", desk.NewThing{Name: "Hammer drill", Kind: last})
	its.expect(200, `"loan":null`, "GET", "/api/things/1", nil)
	its.expect(204, "", "DELETE", "/api/things/1", nil)
	its.expect(404, "no such thing", "GET", "/api/things/1", nil)
	its.expect(404, "no such thing", "GET", "/api/things/x", nil)
}

func TestAThingIsLentOnceAndTakenBack(t *testing.T) {
	its := open(t)
	its.expect(201, "Tent", "POST", "/api/things", its.thing("Tent"))
	due := its.now.UTC().AddDate(0, 0, its.settings.Days).Format("2006-01-02")
	its.expect(201, `"due":"`+due, "POST", "/api/things/1/loan", loan("Ada"))
	its.expect(409, "lent to Ada already", "POST", "/api/things/1/loan", loan("Grace"))
	its.expect(409, "take it back first", "DELETE", "/api/things/1", nil)
	its.expect(200, `"loan":null`, "DELETE", "/api/things/1/loan", nil)
	its.expect(409, "is not lent", "DELETE", "/api/things/1/loan", nil)
	its.expect(201, "Grace", "POST", "/api/things/1/loan", loan("Grace"))
	told := its.expect(200, "Ada", "GET", "/api/things/1/loans", nil)
	if strings.Index(told, "Grace") > strings.Index(told, "Ada") {
		t.Fatal("the newest loan does not come first: " + told)
	}
}

func TestWhatIsNotBackInTimeIsOverdue(t *testing.T) {
	its := open(t)
	its.expect(201, "", "POST", "/api/things", its.thing("Projector"))
	today := its.now.UTC().Format("2006-01-02")
	its.expect(201, `"overdue":false`, "POST", "/api/things/1/loan", desk.NewLoan{To: "Ada", Contact: "x", Due: today})
	its.now = its.now.AddDate(0, 0, 1)
	its.expect(200, `"overdue":true`, "GET", "/api/things?state=overdue", nil)
	its.expect(200, `{"things":1,"lent":1,"overdue":1}`, "GET", "/api/summary", nil)
}

func TestThingsAreSearchedByNameKindAndPerson(t *testing.T) {
	its := open(t)
	its.expect(201, "", "POST", "/api/things", its.thing("Saw"))
	its.expect(201, "", "POST", "/api/things", its.thing("Lamp"))
	its.expect(201, "", "POST", "/api/things/2/loan", loan("Zoë"))
	has := func(query, there, gone string) {
		t.Helper()
		told := its.expect(200, there, "GET", "/api/things?"+query, nil)
		if gone != "" && strings.Contains(told, gone) {
			t.Fatalf("%s finds %s: %s", query, gone, told)
		}
	}
	has("search=SAW", "Saw", "Lamp")
	has("search=zo", "Lamp", "Saw")
	has("state=there", "Saw", "Lamp")
	has("state=lent", "Lamp", "Saw")
	has("search=nothing+of+that", "[]", "")
}

func TestWhatIsWrongIsRefusedWithASentence(t *testing.T) {
	its := open(t)
	its.expect(422, `"name":"is needed."`, "POST", "/api/things", its.thing(" "))
	its.expect(422, "no such kind", "POST", "/api/things", desk.NewThing{Name: "x", Kind: "No such kind at all"})
	its.expect(422, "80 characters", "POST", "/api/things", its.thing(strings.Repeat("é", 81)))
	its.expect(400, "unknown field", "POST", "/api/things", `{"name":"x","price":3}`)
	its.expect(400, "not what is asked for", "POST", "/api/things", "{")
	its.expect(413, "too long", "POST", "/api/things", `{"name":"`+strings.Repeat("x", 70_000)+`"}`)
	its.expect(201, "", "POST", "/api/things", its.thing("Rope"))
	its.expect(422, "lies in the past", "POST", "/api/things/1/loan", desk.NewLoan{To: "Ada", Contact: "x", Due: "2020-01-01"})
	its.expect(422, "is no day", "POST", "/api/things/1/loan", desk.NewLoan{To: "Ada", Contact: "x", Due: "soon"})
}

func TestAContactIsAskedForWhereSettingsSaySo(t *testing.T) {
	its := open(t)
	its.expect(201, "", "POST", "/api/things", its.thing("Ladder"))
	status := 201
	if its.settings.Contact {
		status = 422
	}
	its.expect(status, "", "POST", "/api/things/1/loan", desk.NewLoan{To: "Ada"})
}

func TestThingsAreThereAfterARestart(t *testing.T) {
	its := open(t)
	its.expect(201, "", "POST", "/api/things", its.thing("Kept"))
	its.expect(201, "", "POST", "/api/things/1/loan", loan("Ada"))
	its.stop()
	its.start()
	its.expect(200, `"to":"Ada"`, "GET", "/api/things?search=kept", nil)
}

func TestPagesSayWhatSettingsSay(t *testing.T) {
	its := open(t)
	its.expect(200, html.EscapeString(its.settings.Title), "GET", "/", nil)
	its.expect(200, "<option>"+html.EscapeString(its.settings.Kinds[0]), "GET", "/", nil)
	its.expect(200, "--accent: "+its.settings.Accent, "GET", "/theme.css", nil)
	its.expect(404, "nothing here", "GET", "/missing", nil)
	its.expect(200, "showModal", "GET", "/static/desk.js", nil)
}

func TestTheAPIIsDescribedByTheTableThatServesIt(t *testing.T) {
	its := open(t)
	var told struct {
		OpenAPI string
		Paths   map[string]map[string]any
	}
	if err := json.Unmarshal([]byte(its.expect(200, "openapi", "GET", "/openapi.json", nil)), &told); err != nil {
		t.Fatal(err)
	}
	for path, operations := range told.Paths {
		for method := range operations {
			at := strings.ReplaceAll(path, "{id}", "7")
			if status, _ := its.ask(strings.ToUpper(method), at, nil); status == 405 {
				t.Fatalf("%s %s is described and not served", method, path)
			}
			its.expect(200, path, "GET", "/docs", nil)
		}
	}
	if told.OpenAPI == "" || len(told.Paths) < 5 {
		t.Fatal("the description has next to nothing")
	}
}
