package desk

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"
)

var bucketName = []byte("things")

// Most loans that are remembered of one thing.
const historyMax = 100

// Store keeps the records in one file. Each change is there whole or not at all.
type Store struct {
	db       *bbolt.DB
	settings Settings
	now      func() time.Time
}

// record is a thing as it is kept.
type record struct {
	Thing
	// History has loans that are over, newest first.
	History []Loan `json:"history"`
}

// Open opens the file, which is made when it is not there.
func Open(path string, settings Settings, now func() time.Time) (*Store, error) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: 5 * time.Second})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists(bucketName)
		return err
	})
	return &Store{db: db, settings: settings, now: now}, err
}

// Close lets go of the file.
func (store *Store) Close() error { return store.db.Close() }

// Things are those whose name, kind or borrower has the words, by name; of one state when it is named.
func (store *Store) Things(search, state string) ([]Thing, error) {
	found := []Thing{}
	err := store.each(func(kept record) {
		thing := store.seen(kept)
		if fits(thing, strings.ToLower(search), state) {
			found = append(found, thing)
		}
	})
	slices.SortFunc(found, func(one, other Thing) int {
		return strings.Compare(strings.ToLower(one.Name), strings.ToLower(other.Name))
	})
	return found, err
}

func fits(thing Thing, search, state string) bool {
	words := thing.Name + " " + thing.Kind
	if thing.Loan != nil {
		words += " " + thing.Loan.To
	}
	is := state == "" || state == "there" && thing.Loan == nil ||
		state == "lent" && thing.Loan != nil || state == "overdue" && thing.Overdue
	return is && strings.Contains(strings.ToLower(words), search)
}

// Summary counts all things.
func (store *Store) Summary() (Summary, error) {
	var sum Summary
	err := store.each(func(kept record) {
		thing := store.seen(kept)
		sum.Things++
		if thing.Loan != nil {
			sum.Lent++
		}
		if thing.Overdue {
			sum.Overdue++
		}
	})
	return sum, err
}

// Thing is one of them.
func (store *Store) Thing(id uint64) (Thing, error) {
	kept, err := store.read(id)
	return store.seen(kept), err
}

// History has a thing's loans, newest first, and the one that is not over before them.
func (store *Store) History(id uint64) ([]Loan, error) {
	kept, err := store.read(id)
	loans := append([]Loan{}, kept.History...)
	if kept.Loan != nil {
		loans = append([]Loan{*kept.Loan}, loans...)
	}
	return loans, err
}

// Add adds a thing.
func (store *Store) Add(given NewThing) (Thing, error) {
	given, err := store.checkThing(given)
	if err != nil {
		return Thing{}, err
	}
	var made record
	err = store.db.Update(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket(bucketName)
		if bucket.Stats().KeyN >= maxThings {
			return &Refused{Status: 409, Say: fmt.Sprintf("There are %d things already, the most there may be.", maxThings)}
		}
		id, err := bucket.NextSequence()
		if err != nil {
			return err
		}
		made.Thing = Thing{ID: id, Name: given.Name, Kind: given.Kind}
		return put(bucket, made)
	})
	return store.seen(made), err
}

// Change gives a thing another name or kind.
func (store *Store) Change(id uint64, given NewThing) (Thing, error) {
	given, err := store.checkThing(given)
	if err != nil {
		return Thing{}, err
	}
	return store.update(id, func(kept *record) error {
		kept.Name, kept.Kind = given.Name, given.Kind
		return nil
	})
}

// Lend writes down who has a thing.
func (store *Store) Lend(id uint64, given NewLoan) (Thing, error) {
	loan, err := store.checkLoan(given)
	if err != nil {
		return Thing{}, err
	}
	return store.update(id, func(kept *record) error {
		if kept.Loan != nil {
			return &Refused{Status: 409, Say: fmt.Sprintf("%s is lent to %s already.", kept.Name, kept.Loan.To)}
		}
		kept.Loan = &loan
		return nil
	})
}

// Return takes a thing back.
func (store *Store) Return(id uint64) (Thing, error) {
	return store.update(id, func(kept *record) error {
		if kept.Loan == nil {
			return &Refused{Status: 409, Say: kept.Name + " is not lent."}
		}
		kept.Loan.Back = store.today()
		kept.History = append([]Loan{*kept.Loan}, kept.History...)
		kept.History = kept.History[:min(len(kept.History), historyMax)]
		kept.Loan = nil
		return nil
	})
}

// Remove takes a thing that is there out of the list, with its history.
func (store *Store) Remove(id uint64) error {
	return store.db.Update(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket(bucketName)
		kept, err := find(bucket, id)
		if err != nil {
			return err
		}
		if kept.Loan != nil {
			return &Refused{Status: 409, Say: fmt.Sprintf("%s is lent to %s: take it back first.", kept.Name, kept.Loan.To)}
		}
		return bucket.Delete(keyOf(id))
	})
}

func (store *Store) update(id uint64, change func(kept *record) error) (Thing, error) {
	var kept record
	err := store.db.Update(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket(bucketName)
		found, err := find(bucket, id)
		if err != nil {
			return err
		}
		kept = found
		if err := change(&kept); err != nil {
			return err
		}
		return put(bucket, kept)
	})
	return store.seen(kept), err
}

func (store *Store) read(id uint64) (record, error) {
	var kept record
	err := store.db.View(func(tx *bbolt.Tx) (err error) {
		kept, err = find(tx.Bucket(bucketName), id)
		return err
	})
	return kept, err
}

func (store *Store) each(take func(record)) error {
	return store.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketName).ForEach(func(_, text []byte) error {
			var kept record
			if err := json.Unmarshal(text, &kept); err != nil {
				return err
			}
			take(kept)
			return nil
		})
	})
}

func (store *Store) today() string { return store.now().UTC().Format(dayForm) }

func (store *Store) seen(kept record) Thing {
	thing := kept.Thing
	thing.Overdue = thing.Loan != nil && thing.Loan.Due < store.today()
	return thing
}

func find(bucket *bbolt.Bucket, id uint64) (record, error) {
	var kept record
	text := bucket.Get(keyOf(id))
	if text == nil {
		return kept, &Refused{Status: 404, Say: "There is no such thing."}
	}
	return kept, json.Unmarshal(text, &kept)
}

func put(bucket *bbolt.Bucket, kept record) error {
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return bucket.Put(keyOf(kept.ID), text)
}

func keyOf(id uint64) []byte { return binary.BigEndian.AppendUint64(nil, id) }
