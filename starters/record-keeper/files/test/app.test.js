// All that app.json says is tried in one process: a process for each file would take longer than its tests.
import "../testing/suites/access.js"
import "../testing/suites/app.js"
import "../testing/suites/computed.js"
import "../testing/suites/filters.js"
import "../testing/suites/migrate.js"
import "../testing/suites/records.js"
import "../testing/suites/views.js"
