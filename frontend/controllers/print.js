import { Controller } from "@hotwired/stimulus";

// A button that prints the page; it is shown only where scripts run.
export default class extends Controller {
  print() {
    window.print();
  }
}
