import { Controller } from "@hotwired/stimulus";

// A refused form opens on what must be corrected.
export default class extends Controller {
  connect() {
    this.element.focus();
  }
}
