import { Controller } from "@hotwired/stimulus";

const TYPING = "input, textarea, select, [contenteditable]";

// Shortcuts of the page: j and k through a list, Enter opens, / goes to the search, ? lists them.
export default class extends Controller {
  static targets = ["row"];

  connect() {
    this.press = this.press.bind(this);
    document.addEventListener("keydown", this.press);
  }

  disconnect() {
    document.removeEventListener("keydown", this.press);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
    if (event.target.closest?.(":popover-open")) return;
    const act = { j: () => this.move(1), k: () => this.move(-1), "/": () => this.search(), "?": () => this.help() }[event.key];
    if (act?.()) event.preventDefault();
  }

  // Focus goes to the title's link, so that Enter opens it without any script.
  move(step) {
    const links = this.rowTargets.map((row) => row.querySelector("h3 a")).filter(Boolean);
    if (!links.length) return false;
    const at = this.rowTargets.findIndex((row) => row.contains(document.activeElement));
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
    links[next].focus();
    links[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  search() {
    // A narrow window hides the field of the header: the page may have its own.
    const field = [...document.querySelectorAll("[data-keys-search]")].find((each) => each.checkVisibility());
    if (field) field.focus();
    else document.querySelector("[data-search]")?.click();
    return true;
  }

  help() {
    document.getElementById("aide-clavier")?.togglePopover?.();
    return true;
  }
}
