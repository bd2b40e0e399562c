{{- /*
A pod that passes the "restricted" standard: no root, nothing to gain, a read-only root file system.
What it may write to is its data and an empty /tmp. The service account has no token.
*/}}
{{- define "store-common.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .Values.user }}
  runAsGroup: {{ .Values.user }}
  fsGroup: {{ .Values.user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: data
    persistentVolumeClaim:
      claimName: {{ include "store-common.claim" . }}
  - name: tmp
    emptyDir:
      sizeLimit: 64Mi
{{- end }}

{{- /*
The part of a container that all have alike. Takes the root as `root`, and `argv` and `secret` of the program.
The shell makes the folders and then becomes the program: its text is fixed, argv are its arguments.
*/}}
{{- define "store-common.container" -}}
{{- $values := .root.Values -}}
image: {{ $values.image | quote }}
imagePullPolicy: {{ $values.imagePullPolicy }}
command:
  - /bin/sh
  - -c
  - mkdir -p "$0/files" "$0/work" "$0/data" && cd "$0/work" && exec "$@"
  - /store
{{- range .argv }}
  - {{ . | quote }}
{{- end }}
env:
  - name: HOME
    value: /tmp
  - name: TMPDIR
    value: /tmp
{{- with .secret }}
envFrom:
  - secretRef:
      name: {{ . }}
{{- end }}
terminationMessagePolicy: FallbackToLogsOnError
resources:
  requests:
    cpu: {{ $values.resources.cpuRequest | quote }}
    memory: {{ $values.resources.memory | quote }}
  limits:
    cpu: {{ $values.resources.cpu | quote }}
    memory: {{ $values.resources.memory | quote }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - name: data
    mountPath: /store
  - name: tmp
    mountPath: /tmp
{{- end }}
