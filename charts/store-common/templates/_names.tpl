{{- /* A release's name, short enough for a process's name behind it, and another one for each release. */}}
{{- define "store-common.name" -}}
{{- $name := .Release.Name -}}
{{- if gt (len $name) 40 -}}
{{- printf "%s-%s" ($name | trunc 31 | trimSuffix "-") (sha256sum $name | trunc 8) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end }}

{{- /* What selects a release's pods: never changes, since selectors cannot. */}}
{{- define "store-common.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "store-common.labels" -}}
{{ include "store-common.selector" . }}
app.kubernetes.io/version: {{ .Values.store.version | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- with .Values.store.id }}
vibecaas/store: {{ . }}
{{- end }}
{{- end }}

{{- define "store-common.claim" -}}
{{- .Values.data.existingClaim | default (printf "%s-data" (include "store-common.name" .)) -}}
{{- end }}
