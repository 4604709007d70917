// Comfort only: without this file the search, its filters and its list work the same.
// Suggestions as one types, filters open where there is room, and the map on demand.
(() => {
  "use strict";
  const files = document.currentScript.dataset;
  const loads = {};

  function script(src) {
    loads[src] ??= new Promise((done, failed) => {
      const tag = document.createElement("script");
      Object.assign(tag, { src, onload: done, onerror: failed });
      document.head.append(tag);
    });
    return loads[src];
  }

  function style(href) {
    const tag = document.createElement("link");
    Object.assign(tag, { rel: "stylesheet", href });
    document.head.append(tag);
  }

  // --- Suggestions ---------------------------------------------------------------------------
  const WORDS = {
    tNoResults: () => "Rien de ce nom",
    tStatusQueryTooShort: (least) => `Écrivez ${least} lettres ou plus`,
    tStatusNoResults: () => "Aucune proposition",
    tStatusSelectedOption: (option, length, index) => `${option}, ${index + 1} sur ${length}`,
    tStatusResults: (length, option) =>
      `${length} proposition${length > 1 ? "s" : ""}${option ? `, ${option}` : ""}`,
    tAssistiveHint: () =>
      "Des propositions s’affichent pendant que vous écrivez. Flèches haut et bas pour les parcourir, Entrée pour choisir.",
  };
  const said = (result) => (result && (result.title || result.label)) || "";
  const harmless = (text) =>
    text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
  const shown = (result) => {
    const more = (result.postcodes || []).slice(0, 3).join(", ");
    return harmless(said(result)) + (more ? ` <small>${harmless(more)}</small>` : "");
  };

  function asker(url) {
    let last;
    let timer;
    return (typed, show) => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        last?.abort();
        last = new AbortController();
        try {
          const answer = await fetch(`${url}?q=${encodeURIComponent(typed)}`, { signal: last.signal });
          show(answer.ok ? (await answer.json()).results : []);
        } catch (error) {
          if (error.name !== "AbortError") show([]);
        }
      }, 120);
    };
  }

  function remember(field, name, code) {
    let hidden = field.querySelector(`input[name="${name}"]`);
    if (!hidden) {
      hidden = Object.assign(document.createElement("input"), { type: "hidden", name });
      field.append(hidden);
    }
    hidden.value = code;
  }

  function suggest(field) {
    const plain = field.querySelector('input[type="text"]');
    const had = document.activeElement === plain;
    const box = document.createElement("div");
    const { id, name, value, placeholder } = plain;
    plain.replaceWith(box);
    window.accessibleAutocomplete({
      element: box,
      id,
      name,
      defaultValue: value,
      placeholder,
      source: asker(field.dataset.suggest),
      minLength: 2,
      confirmOnBlur: false,
      displayMenu: "overlay",
      templates: { inputValue: said, suggestion: (each) => (typeof each === "string" ? harmless(each) : shown(each)) },
      onConfirm: (result) => result && remember(field, field.dataset.code, result.code),
      ...WORDS,
    });
    if (had) document.getElementById(id).focus();
  }

  const fields = [...document.querySelectorAll("[data-suggest]")];
  if (fields.length && files.autocomplete) {
    const start = () => script(files.autocomplete).then(() => fields.forEach(suggest), () => {});
    "requestIdleCallback" in window ? requestIdleCallback(start, { timeout: 1500 }) : setTimeout(start, 300);
  }

  // --- A short address: what says nothing is not sent ------------------------------------------
  const form = document.getElementById("recherche");
  const mute = (muted) => {
    for (const field of form.elements) if (field.name) field.disabled = muted && !field.value;
  };
  form?.addEventListener("submit", () => {
    mute(true);
    setTimeout(mute, 0, false); // The address is made by then.
  });

  // --- Filters -------------------------------------------------------------------------------
  const wide = window.matchMedia("(min-width: 56rem)");
  const open = () => {
    if (wide.matches) document.querySelectorAll("[data-open-when-wide]").forEach((box) => (box.open = true));
  };
  open();
  wide.addEventListener("change", open);

  // --- Map -----------------------------------------------------------------------------------
  document.querySelectorAll("details[data-map]").forEach((box) => {
    box.addEventListener(
      "toggle",
      async () => {
        const frame = box.querySelector(".map-frame");
        try {
          style(files.leafletStyle);
          await script(files.leaflet);
          await script(files.map);
          await window.drawOffers(frame, box.dataset);
        } catch (error) {
          console.error(error);
          frame.textContent = "La carte ne s’affiche pas pour l’instant. La liste, elle, est complète.";
        }
      },
      { once: true },
    );
  });
})();
