import { Controller } from "@hotwired/stimulus";

const KEY = "theme";

// Light, dark, or as the device; kept in this browser. static/js/theme.js applies it before the first paint.
export default class extends Controller {
  static targets = ["choice"];

  connect() {
    const current = document.documentElement.dataset.theme ?? "";
    for (const choice of this.choiceTargets) choice.checked = choice.value === current;
  }

  choose({ target: { value } }) {
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
    try {
      if (value) localStorage.setItem(KEY, value);
      else localStorage.removeItem(KEY);
    } catch {
      // Storage refused: the choice holds for this page.
    }
  }
}
