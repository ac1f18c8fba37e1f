import { Controller } from "@hotwired/stimulus";
import { announceSignedOut, isSignedOut } from "../lib/session.js";
import { clock, setText } from "../lib/text.js";

const PAUSE = 3000;
const UNEXPLAINED = "Le brouillon n’a pas pu être enregistré.";
const UNSAVED = new Set(["csrfmiddlewaretoken", "password"]);

// On a form. Sends it to the server as a draft some seconds after the last change and when the page is left. If that
// fails, keeps the fields in this browser, for this member and this form only, and puts them back on return.
export default class extends Controller {
  static targets = ["status"];
  static values = { url: String, key: String };

  connect() {
    this.changed = this.changed.bind(this);
    this.submitted = this.submitted.bind(this);
    this.leave = () => document.visibilityState === "hidden" && this.dirty && this.save();
    this.restore();
    this.element.addEventListener("input", this.changed);
    this.element.addEventListener("change", this.changed);
    this.element.addEventListener("submit", this.submitted);
    document.addEventListener("visibilitychange", this.leave);
  }

  disconnect() {
    clearTimeout(this.timer);
    this.element.removeEventListener("input", this.changed);
    this.element.removeEventListener("change", this.changed);
    this.element.removeEventListener("submit", this.submitted);
    document.removeEventListener("visibilitychange", this.leave);
  }

  changed({ target }) {
    if (!target.name) return;
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  // A form that is being published needs no draft, but may find the session over: the browser keeps it until the
  // next page says it arrived (data-draft-clear).
  submitted() {
    clearTimeout(this.timer);
    if (this.dirty) this.keep();
    this.dirty = false;
  }

  async save() {
    clearTimeout(this.timer);
    this.dirty = false;
    try {
      const response = await fetch(this.urlValue, {
        method: "POST",
        body: this.body(),
        headers: { Accept: "application/json" },
        keepalive: document.visibilityState === "hidden",
      });
      if (isSignedOut(response)) announceSignedOut();
      if (response.ok && !isSignedOut(response)) await this.saved(response);
      else this.keepAndSay(await refusal(response));
    } catch {
      this.keepAndSay("Connexion perdue.");
    }
  }

  async saved(response) {
    const answer = await response.json().catch(() => ({}));
    if (answer.url) this.urlValue = answer.url;
    if (answer.draft) this.remember(answer.draft);
    this.forget();
    this.say(`Brouillon enregistré à ${clock(new Date())}`);
  }

  // The form says which draft it is, so that publishing it removes it.
  remember(draft) {
    const field = this.element.elements.draft;
    if (field) field.value = draft;
  }

  body() {
    const body = new FormData(this.element);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }

  keepAndSay(reason) {
    this.dirty = true;
    const outcome = this.keep() ? "Votre texte est gardé sur cet appareil." : "Gardez cette page ouverte.";
    this.say(`${reason} ${outcome}`);
  }

  say(words) {
    this.statusTargets.forEach((status) => (status.textContent = words));
  }

  // What this browser keeps

  get storageKey() {
    return `draft:${this.keyValue || location.pathname}`;
  }

  fields() {
    return [...this.body()].filter(([name]) => !UNSAVED.has(name));
  }

  keep() {
    try {
      localStorage.setItem(this.storageKey, JSON.stringify(this.fields()));
      return true;
    } catch {
      return false;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.storageKey);
    } catch {
      // Storage refused: nothing was kept.
    }
  }

  restore() {
    const kept = this.kept();
    if (!kept) return;
    if (JSON.stringify(kept) === JSON.stringify(this.fields())) return this.forget();
    for (const field of this.element.elements) {
      if (!field.name || UNSAVED.has(field.name) || field.type === "file" || field.type === "hidden") continue;
      const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
      else if (values.length) setText(field, values[0]);
    }
    this.say("Texte retrouvé sur cet appareil, pas encore enregistré.");
    this.dirty = true;
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.storageKey));
    } catch {
      return null;
    }
  }
}

async function refusal(response) {
  const answer = await response.json().catch(() => ({}));
  return answer.error ?? UNEXPLAINED;
}

// The page that follows a publication names the texts that arrived.
for (const element of document.querySelectorAll("[data-draft-clear]")) {
  try {
    localStorage.removeItem(`draft:${element.dataset.draftClear}`);
  } catch {
    // Storage refused: nothing was kept.
  }
}
