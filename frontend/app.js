// Loaded by every page. Each behaviour is one controller, bound in HTML by data-controller: see README.md.
import { Application } from "@hotwired/stimulus";
import htmx from "htmx.org";
import AutosubmitController from "./controllers/autosubmit.js";
import ClauseController from "./controllers/clause.js";
import ComboboxController from "./controllers/combobox.js";
import CopyController from "./controllers/copy.js";
import CounterController from "./controllers/counter.js";
import DraftController from "./controllers/draft.js";
import EditorController from "./controllers/editor.js";
import ErrorSummaryController from "./controllers/error_summary.js";
import KeysController from "./controllers/keys.js";
import MentionController from "./controllers/mention.js";
import PrintController from "./controllers/print.js";
import QuoteController from "./controllers/quote.js";
import SessionController from "./controllers/session.js";
import ThemeController from "./controllers/theme.js";
import WindowController from "./controllers/window.js";
import { swapRefusals } from "./lib/htmx.js";

const application = Application.start();
application.register("autosubmit", AutosubmitController);
application.register("clause", ClauseController);
application.register("combobox", ComboboxController);
application.register("copy", CopyController);
application.register("counter", CounterController);
application.register("draft", DraftController);
application.register("editor", EditorController);
application.register("error-summary", ErrorSummaryController);
application.register("keys", KeysController);
application.register("mention", MentionController);
application.register("print", PrintController);
application.register("quote", QuoteController);
application.register("session", SessionController);
application.register("theme", ThemeController);
application.register("window", WindowController);

swapRefusals(htmx);
