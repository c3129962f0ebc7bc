/* Passkeys. A form says by attributes what it does; nothing stands in the page itself:
   data-passkey="create" or "get" with data-options, or "sign-in" with data-ask (where to ask for options).
   Buttons that need this script are hidden until it runs. */
(function () {
  "use strict";

  function toBytes(text) {
    const plain = text.replace(/-/g, "+").replace(/_/g, "/");
    const raw = atob(plain + "=".repeat((4 - (plain.length % 4)) % 4));
    return Uint8Array.from(raw, function (sign) { return sign.charCodeAt(0); });
  }

  function toText(buffer) {
    if (!buffer) { return null; }
    let raw = "";
    new Uint8Array(buffer).forEach(function (byte) { raw += String.fromCharCode(byte); });
    return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function listed(keys) {
    return (keys || []).map(function (key) { return Object.assign({}, key, { id: toBytes(key.id) }); });
  }

  function forCreation(options, alone) {
    const wanted = Object.assign({}, options.publicKey);
    wanted.challenge = toBytes(wanted.challenge);
    wanted.user = Object.assign({}, wanted.user, { id: toBytes(wanted.user.id) });
    wanted.excludeCredentials = listed(wanted.excludeCredentials);
    wanted.authenticatorSelection = Object.assign({}, wanted.authenticatorSelection, {
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      userVerification: alone ? "required" : "preferred"
    });
    return { publicKey: wanted };
  }

  function forRequest(options) {
    const wanted = Object.assign({}, options.publicKey);
    wanted.challenge = toBytes(wanted.challenge);
    wanted.allowCredentials = listed(wanted.allowCredentials);
    return { publicKey: wanted };
  }

  function written(credential) {
    const answer = credential.response;
    const response = { clientDataJSON: toText(answer.clientDataJSON) };
    if (answer.attestationObject) {
      response.attestationObject = toText(answer.attestationObject);
      response.transports = answer.getTransports ? answer.getTransports() : [];
    } else {
      response.authenticatorData = toText(answer.authenticatorData);
      response.signature = toText(answer.signature);
      response.userHandle = toText(answer.userHandle);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      response: response,
      clientExtensionResults: credential.getClientExtensionResults()
    });
  }

  async function optionsOf(form) {
    if (!form.dataset.ask) { return JSON.parse(form.dataset.options); }
    const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return (await answer.json()).request_options;
  }

  async function prove(form) {
    const options = await optionsOf(form);
    if (form.dataset.passkey === "create") {
      const box = form.querySelector("[name=passwordless]");
      const alone = box ? box.checked : false;
      const made = options.creation_options || options;
      return written(await navigator.credentials.create(forCreation(made, alone)));
    }
    return written(await navigator.credentials.get(forRequest(options.request_options || options)));
  }

  function say(form, shown) {
    const place = form.querySelector("[data-passkey-problem]");
    if (place) { place.hidden = !shown; }
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    const button = form.querySelector("[data-passkey-go]");
    if (!window.PublicKeyCredential || !button) { return; }
    form.querySelectorAll("[data-passkey-needs]").forEach(function (part) { part.hidden = false; });
    form.querySelectorAll("[data-passkey-without]").forEach(function (part) { part.hidden = true; });
    form.hidden = false;
    form.addEventListener("submit", async function (event) {
      event.preventDefault();
      say(form, false);
      button.disabled = true;
      try {
        form.querySelector("[name=credential]").value = await prove(form);
        form.submit();
      } catch (problem) {
        say(form, true);
      } finally {
        button.disabled = false;
      }
    });
  });
})();
