{{- /*
One program that runs to its end on a store's data: a step of its making, a dump. Not part of the release:
who runs it renders it alone, so that it is gone with what it did. It is not tried again by itself.
*/}}
{{- define "store-common.work" -}}
{{- with .Values.work }}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "store-common.name" $ }}-work-{{ .name }}
  labels: {{- include "store-common.labels" $ | nindent 4 }}
    vibecaas/work: {{ .name }}
  annotations:
    vibecaas/key: {{ .key | quote }}
spec:
  backoffLimit: 0
  # Who waits for it ends it first, with its last words: a Job that ends its pods by itself throws them away.
  activeDeadlineSeconds: {{ add .seconds 300 }}
  ttlSecondsAfterFinished: 3600
  template:
    metadata:
      labels: {{- include "store-common.labels" $ | nindent 8 }}
        vibecaas/work: {{ .name }}
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 5
      # A volume that one node has is read there alone.
      affinity:
        podAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels: {{- include "store-common.selector" $ | nindent 20 }}
      {{- include "store-common.pod" $ | nindent 6 }}
      containers:
        - name: work
          {{- include "store-common.container" (dict "root" $ "argv" .argv "secret" .existingSecret) | nindent 10 }}
{{- end }}
{{- end }}
