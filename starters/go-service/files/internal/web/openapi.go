package web

import (
	"regexp"
	"strings"
)

var inPath = regexp.MustCompile(`\{(\w+)\}`)

// describe is the API in the form of OpenAPI, made from the table that serves it.
func describe(title string, all []route) map[string]any {
	paths := map[string]any{}
	for _, each := range all {
		operations, is := paths[each.path].(map[string]any)
		if !is {
			operations = map[string]any{}
			paths[each.path] = operations
		}
		operations[strings.ToLower(each.method)] = operationOf(each)
	}
	return map[string]any{
		"openapi": "3.1.0",
		"info":    map[string]any{"title": title, "version": "1.0.0"},
		"paths":   paths,
	}
}

func operationOf(each route) map[string]any {
	parameters := []any{}
	for _, found := range inPath.FindAllStringSubmatch(each.path, -1) {
		parameters = append(parameters, parameter(found[1], "path", "integer"))
	}
	for _, name := range each.asks {
		parameters = append(parameters, parameter(name, "query", "string"))
	}
	told := map[string]any{
		"summary":    each.summary,
		"parameters": parameters,
		"responses":  map[string]any{"default": map[string]any{"description": "What is there then, or what is wrong"}},
	}
	if len(each.takes) > 0 {
		fields := map[string]any{}
		for _, name := range each.takes {
			fields[name] = map[string]any{"type": "string"}
		}
		schema := map[string]any{"type": "object", "properties": fields, "additionalProperties": false}
		told["requestBody"] = map[string]any{
			"required": true,
			"content":  map[string]any{"application/json": map[string]any{"schema": schema}},
		}
	}
	return told
}

func parameter(name, in, kind string) map[string]any {
	return map[string]any{"name": name, "in": in, "required": in == "path", "schema": map[string]any{"type": kind}}
}
