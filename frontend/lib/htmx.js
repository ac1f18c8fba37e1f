import { announceSignedOut, isLoginAddress } from "./session.js";

const isWholePage = (html) => /^\s*(<!--.*?-->\s*)*<!doctype/is.test(html);

// A refused form comes back as a fragment with its errors: it is shown. A whole page, such as « introuvable » or the
// sign-in form, never lands inside another.
export function swapRefusals(htmx) {
  htmx.on("htmx:beforeSwap", ({ detail }) => {
    const { xhr } = detail;
    if (isLoginAddress(xhr.responseURL) || xhr.status === 401) {
      detail.shouldSwap = false;
      announceSignedOut();
    } else if (xhr.status >= 400 && xhr.status < 500 && isHtml(xhr) && !isWholePage(xhr.response)) {
      detail.shouldSwap = true;
      detail.isError = false;
    }
  });
}

const isHtml = (xhr) => xhr.getResponseHeader("content-type")?.startsWith("text/html");
