{{- /* A shop: what it keeps, its processes, each with a Service, and the way to them. */}}
{{- define "store-common.shop" -}}
{{- $name := include "store-common.name" . -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  labels: {{- include "store-common.labels" . | nindent 4 }}
automountServiceAccountToken: false
{{- if not .Values.data.existingClaim }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ include "store-common.claim" . }}
  labels: {{- include "store-common.labels" . | nindent 4 }}
  annotations:
    # Orders outlive the release that took them.
    helm.sh/resource-policy: keep
spec:
  accessModes: [ReadWriteOnce]
  {{- with .Values.data.storageClass }}
  storageClassName: {{ . }}
  {{- end }}
  resources:
    requests:
      storage: {{ .Values.data.storage }}
{{- end }}
{{- range $process, $of := .Values.processes }}
{{- $parts := dict "root" $ "name" (printf "%s-%s" $name $process) "process" $process "of" $of }}
---
{{ include "store-common.process" $parts }}
{{- end }}
{{- if .Values.ingress.enabled }}
---
{{ include "store-common.ingress" . }}
{{- end }}
{{- end }}

{{- define "store-common.process" -}}
{{- $root := .root -}}
{{- $of := .of -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
  labels: {{- include "store-common.labels" $root | nindent 4 }}
    vibecaas/process: {{ .process }}
spec:
  selector: {{- include "store-common.selector" $root | nindent 4 }}
    vibecaas/process: {{ .process }}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .name }}
  labels: {{- include "store-common.labels" $root | nindent 4 }}
spec:
  # One of one may go: "at least one" would hold up the emptying of a node for ever.
  maxUnavailable: 1
  selector:
    matchLabels: {{- include "store-common.selector" $root | nindent 6 }}
      vibecaas/process: {{ .process }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
  labels: {{- include "store-common.labels" $root | nindent 4 }}
    vibecaas/process: {{ .process }}
  annotations:
    vibecaas/digest: {{ $root.Values.store.digest | quote }}
    vibecaas/plan: {{ $root.Values.store.plan | quote }}
    vibecaas/revision: {{ $root.Values.store.revision | quote }}
spec:
  # No number of replicas: a store is stopped and started without a release.
  revisionHistoryLimit: 2
  progressDeadlineSeconds: 300
  # Its data are one process's at a time.
  strategy:
    type: Recreate
  selector:
    matchLabels: {{- include "store-common.selector" $root | nindent 6 }}
      vibecaas/process: {{ .process }}
  template:
    metadata:
      labels: {{- include "store-common.labels" $root | nindent 8 }}
        vibecaas/process: {{ .process }}
        vibecaas/digest: {{ $root.Values.store.digest | quote }}
    spec:
      serviceAccountName: {{ include "store-common.name" $root }}
      terminationGracePeriodSeconds: {{ $of.stopSeconds }}
      {{- include "store-common.pod" $root | nindent 6 }}
      containers:
        - name: {{ .process }}
          ports:
            - name: http
              containerPort: {{ $of.port }}
          startupProbe:
            tcpSocket:
              port: http
            periodSeconds: 1
            failureThreshold: {{ $of.startSeconds }}
          readinessProbe:
            tcpSocket:
              port: http
            periodSeconds: 5
          livenessProbe:
            tcpSocket:
              port: http
            periodSeconds: 20
            failureThreshold: 5
          {{- include "store-common.container" (dict "root" $root "argv" $of.argv "secret" $of.existingSecret) | nindent 10 }}
{{- end }}
