import { Controller } from "@hotwired/stimulus";
import { announceSignedOut, isSignedOut } from "../lib/session.js";

// The form of a page in a window over the one that leads to it, fetched when it is asked: a link with `data-window`, or
// whose address begins as said. Anything that goes wrong follows the link.
export default class extends Controller {
  static values = { path: String };

  open(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (this.dialog?.contains(link)) this.leave(event, link);
    else if (this.opens(link)) {
      event.preventDefault();
      this.show(link);
    }
  }

  opens(link) {
    return "window" in link.dataset || (this.hasPathValue && link.getAttribute("href").startsWith(this.pathValue));
  }

  async show(link) {
    try {
      const response = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (isSignedOut(response)) return announceSignedOut();
      if (!response.ok) throw new Error(response.status);
      this.dialog ??= this.create();
      this.dialog.innerHTML = await response.text();
      this.dialog.setAttribute("aria-labelledby", this.dialog.querySelector("h2").id);
      this.dialog.showModal();
    } catch {
      location.assign(link.href);
    }
  }

  create() {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    this.element.append(dialog);
    return dialog;
  }

  // « Annuler » leads back to where one already is.
  leave(event, link) {
    if (!("dialogClose" in link.dataset)) return;
    event.preventDefault();
    this.dialog.close();
  }

  disconnect() {
    this.dialog?.remove();
    this.dialog = undefined;
  }
}
