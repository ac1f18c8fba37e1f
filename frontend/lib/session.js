// Whether an answer of the server means « you are no longer signed in », and how the page is told.
const loginPath = () => document.querySelector('meta[name="login-url"]')?.content;

export function isLoginAddress(address) {
  const login = loginPath();
  return Boolean(login && address) && new URL(address, location.href).pathname === login;
}

export function isSignedOut(response) {
  return response.status === 401 || (response.redirected && isLoginAddress(response.url));
}

export function announceSignedOut() {
  document.dispatchEvent(new CustomEvent("session:expired"));
}
