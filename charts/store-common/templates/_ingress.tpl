{{- define "store-common.ingress" -}}
{{- $name := include "store-common.name" . -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ $name }}
  labels: {{- include "store-common.labels" . | nindent 4 }}
  {{- with .Values.ingress.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with .Values.ingress.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with .Values.ingress.existingTlsSecret }}
  tls:
    - secretName: {{ . }}
      hosts:
        {{- range $.Values.ingress.hosts }}
        - {{ .host | quote }}
        {{- end }}
  {{- end }}
  rules:
    {{- range .Values.ingress.hosts }}
    - host: {{ .host | quote }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {{ $name }}-{{ .process }}
                port:
                  name: http
    {{- end }}
{{- end }}
