import { Controller } from "@hotwired/stimulus";

const MOST = 6;
const PAUSE = 150;
const SHORTEST = 2;

// The search box proposes contents while one types, and before that the last searches that the same reader made in this
// browser, which are sent nowhere. Without a script it is a plain form.
export default class extends Controller {
  static targets = ["field", "panel", "heading", "list", "status"];
  static values = { url: String, recent: String, forget: String, one: String, count: String };

  connect() {
    const field = this.fieldTarget;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.listTarget.id);
    this.close();
    this.listTarget.addEventListener("pointerdown", (event) => event.preventDefault());
    this.listTarget.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  disconnect() {
    this.forgo();
  }

  open() {
    if (!this.fieldTarget.value.trim()) this.showRecent();
  }

  leave() {
    this.forgo();
    this.close();
  }

  // What was asked for other words is not shown any more.
  forgo() {
    clearTimeout(this.waiting);
    this.asking?.abort();
  }

  type() {
    this.forgo();
    const text = this.fieldTarget.value.trim();
    if (text.length < SHORTEST) return text ? this.close() : this.showRecent();
    this.waiting = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    this.forgo();
    this.asking = new AbortController();
    try {
      const address = `${this.urlValue}?${new URLSearchParams({ q: text })}`;
      const response = await fetch(address, { signal: this.asking.signal, headers: { Accept: "text/html" } });
      if (response.ok) this.show(await response.text());
    } catch {
      // The network is away, or other words were typed: the form still works.
    }
  }

  // The fragment is our own server's, every word of it escaped there.
  show(html) {
    if (document.activeElement !== this.fieldTarget) return;
    this.headingTarget.hidden = true;
    this.listTarget.innerHTML = html;
    this.reveal();
  }

  showRecent() {
    const kept = this.kept();
    if (!kept.length) return this.close();
    this.headingTarget.textContent = this.recentValue;
    this.headingTarget.hidden = false;
    const rows = kept.map((text) => this.option(text, { text }));
    this.listTarget.replaceChildren(...rows, this.option(this.forgetValue, { forget: "" }));
    this.reveal();
  }

  option(words, data) {
    const row = document.createElement("li");
    row.textContent = words;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    Object.assign(row.dataset, data);
    return row;
  }

  // A page may hold two boxes: the ids of options are those of their own list.
  reveal() {
    this.at = -1;
    this.options.forEach((row, at) => (row.id = `${this.listTarget.id}-${at + 1}`));
    const count = this.options.length;
    this.panelTarget.hidden = !count;
    this.fieldTarget.setAttribute("aria-expanded", String(count > 0));
    this.fieldTarget.removeAttribute("aria-activedescendant");
    this.statusTarget.textContent = count > 1 ? `${count} ${this.countValue}` : count ? this.oneValue : "";
  }

  close() {
    this.listTarget.replaceChildren();
    this.headingTarget.hidden = true;
    this.reveal();
  }

  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && this.options.length) this.move(step);
    else if (step) this.reopen();
    else if (event.key === "Escape" && !this.panelTarget.hidden) this.dismiss();
    else if (event.key === "Enter" && this.options[this.at]) this.take(this.options[this.at]);
    else return;
    event.preventDefault();
  }

  dismiss() {
    this.forgo();
    this.close();
  }

  reopen() {
    const text = this.fieldTarget.value.trim();
    if (text.length < SHORTEST) this.open();
    else this.ask(text);
  }

  // Before the first is the field itself, with what was typed.
  move(step) {
    const count = this.options.length + 1;
    this.at = ((this.at + 1 + step + count) % count) - 1;
    this.options.forEach((row, at) => row.setAttribute("aria-selected", String(at === this.at)));
    const chosen = this.options[this.at];
    if (chosen) this.fieldTarget.setAttribute("aria-activedescendant", chosen.id);
    else this.fieldTarget.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  take(row) {
    if (!row) return;
    if (row.dataset.forget !== undefined) {
      this.keep([]);
      this.close();
    } else if (row.dataset.url) {
      this.remember();
      location.assign(row.dataset.url);
    } else {
      this.fieldTarget.value = row.dataset.text;
      this.element.requestSubmit();
    }
  }

  remember() {
    const text = this.fieldTarget.value.trim();
    if (text) this.keep([text, ...this.kept().filter((other) => other !== text)].slice(0, MOST));
  }

  kept() {
    try {
      const found = JSON.parse(localStorage.getItem(this.recentKey) ?? "[]");
      return Array.isArray(found) ? found.filter((text) => typeof text === "string").slice(0, MOST) : [];
    } catch {
      return [];
    }
  }

  keep(texts) {
    try {
      localStorage.setItem(this.recentKey, JSON.stringify(texts));
    } catch {
      // A browser that keeps nothing proposes nothing.
    }
  }

  // Whoever signs in next on a shared computer does not read them.
  get recentKey() {
    return `entraide:recherches:${document.body.dataset.reader ?? ""}`;
  }

  get options() {
    return [...this.listTarget.querySelectorAll("[role=option]")];
  }
}
