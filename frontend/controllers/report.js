import { Controller } from "@hotwired/stimulus";
import { announceSignedOut, isSignedOut } from "../lib/session.js";

// « Signaler » in a window over the thread: the form of the page that its link leads to, fetched when it is asked.
// Anything that goes wrong follows the link.
export default class extends Controller {
  static values = { path: String };

  open(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (this.dialog?.contains(link)) this.leave(event, link);
    else if (link.getAttribute("href").startsWith(this.pathValue)) {
      event.preventDefault();
      this.show(link);
    }
  }

  async show(link) {
    try {
      const response = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (isSignedOut(response)) return announceSignedOut();
      if (!response.ok) throw new Error(response.status);
      this.dialog ??= this.create();
      this.dialog.innerHTML = await response.text();
      this.dialog.showModal();
    } catch {
      location.assign(link.href);
    }
  }

  create() {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    dialog.setAttribute("aria-labelledby", "titre-signaler");
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
