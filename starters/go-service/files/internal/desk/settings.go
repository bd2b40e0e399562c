package desk

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// Settings are what settings.json says of this desk.
type Settings struct {
	Title string `json:"title"`
	// Kinds of things that are lent.
	Kinds []string `json:"kinds"`
	// Days after which a thing is due when nobody says otherwise.
	Days int `json:"days"`
	// Contact says whether who borrows must leave a way to be reached.
	Contact bool   `json:"contact"`
	Accent  string `json:"accent"`
}

// ReadSettings reads a file of settings.
func ReadSettings(path string) (Settings, error) {
	var settings Settings
	text, err := os.ReadFile(path)
	if err != nil {
		return settings, err
	}
	if err := json.Unmarshal(text, &settings); err != nil {
		return settings, fmt.Errorf("%s: %w", path, err)
	}
	return settings, nil
}

func (settings Settings) checkKind(kind string) string {
	if slices.Contains(settings.Kinds, kind) {
		return ""
	}
	return "There is no such kind. There are: " + strings.Join(settings.Kinds, ", ") + "."
}
