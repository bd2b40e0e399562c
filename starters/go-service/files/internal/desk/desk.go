// Package desk keeps things that are lent: its rules are here, its records in store.go.
package desk

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Thing is one thing of the desk.
type Thing struct {
	ID   uint64 `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
	// Loan is nil while the thing is there.
	Loan *Loan `json:"loan"`
	// Overdue is told with each answer and not kept.
	Overdue bool `json:"overdue"`
}

// Loan says who has a thing; days are written as 2026-01-31.
type Loan struct {
	To      string `json:"to"`
	Contact string `json:"contact"`
	Since   string `json:"since"`
	Due     string `json:"due"`
	// Back is empty until the thing is there again.
	Back string `json:"back"`
}

// Summary is how it stands in all.
type Summary struct {
	Things  int `json:"things"`
	Lent    int `json:"lent"`
	Overdue int `json:"overdue"`
}

// NewThing is what people send to add a thing.
type NewThing struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// NewLoan is what people send to lend one.
type NewLoan struct {
	To      string `json:"to"`
	Contact string `json:"contact"`
	// Due is the usual number of days from today when it is empty.
	Due string `json:"due"`
}

// Refused is what cannot be done, in words for people, with the status that says so.
type Refused struct {
	Status int
	Say    string
	// Fields says of each field what is wrong with it.
	Fields map[string]string
}

func (refused *Refused) Error() string { return refused.Say }

const (
	dayForm   = "2006-01-02"
	nameMax   = 80
	yearsMax  = 2
	maxThings = 20_000
)

func (store *Store) checkThing(given NewThing) (NewThing, error) {
	given.Name = strings.TrimSpace(given.Name)
	wrong := map[string]string{}
	checkText(wrong, "name", given.Name, 1)
	if said := store.settings.checkKind(given.Kind); said != "" {
		wrong["kind"] = said
	}
	return given, asRefused(wrong)
}

func (store *Store) checkLoan(given NewLoan) (Loan, error) {
	today := store.now().UTC()
	loan := Loan{
		To:      strings.TrimSpace(given.To),
		Contact: strings.TrimSpace(given.Contact),
		Since:   today.Format(dayForm),
		Due:     given.Due,
	}
	wrong := map[string]string{}
	checkText(wrong, "to", loan.To, 1)
	least := 0
	if store.settings.Contact {
		least = 1
	}
	checkText(wrong, "contact", loan.Contact, least)
	if loan.Due == "" {
		loan.Due = today.AddDate(0, 0, store.settings.Days).Format(dayForm)
	}
	if _, err := time.Parse(dayForm, loan.Due); err != nil {
		wrong["due"] = "is no day such as " + loan.Since + "."
	} else if loan.Due < loan.Since {
		wrong["due"] = "lies in the past."
	} else if loan.Due > today.AddDate(yearsMax, 0, 0).Format(dayForm) {
		wrong["due"] = fmt.Sprintf("is more than %d years away.", yearsMax)
	}
	return loan, asRefused(wrong)
}

func checkText(wrong map[string]string, name, text string, least int) {
	length := utf8.RuneCountInString(text)
	if length < least {
		wrong[name] = "is needed."
	} else if length > nameMax {
		wrong[name] = fmt.Sprintf("has more than %d characters.", nameMax)
	}
}

func asRefused(wrong map[string]string) error {
	if len(wrong) == 0 {
		return nil
	}
	var said []string
	for _, name := range []string{"name", "kind", "to", "contact", "due"} {
		if what, is := wrong[name]; is {
			said = append(said, name+": "+what)
		}
	}
	return &Refused{Status: 422, Say: strings.Join(said, " "), Fields: wrong}
}
