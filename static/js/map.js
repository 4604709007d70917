"use strict";

// The map of a page of results. Points and town names stand alone when no tiles are set.
window.drawOffers = async (frame, { map: address, tiles, attribution }) => {
  const L = window.L;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const found = await answer.json();

  frame.textContent = "";
  const map = L.map(frame, { scrollWheelZoom: false, zoomSnap: 0.5, attributionControl: Boolean(tiles) });
  map.zoomControl.setPosition("topright");
  L.control.scale({ imperial: false }).addTo(map);
  if (tiles) L.tileLayer(tiles, { attribution, maxZoom: 18 }).addTo(map);

  const at = ([longitude, latitude]) => [latitude, longitude];
  const bounds = L.latLngBounds([]);
  const label = (where, text, kind) =>
    L.marker(where, {
      interactive: false,
      keyboard: false,
      zIndexOffset: -1000,
      icon: L.divIcon({ className: `map-name ${kind}`, html: Object.assign(document.createElement("span"), { textContent: text }) }),
    }).addTo(map);

  if (found.origin) {
    const centre = at(found.origin.coordinates);
    const radius = found.origin.radius_km * 1000;
    L.circle(centre, { radius, className: "map-reach", interactive: false }).addTo(map);
    L.circleMarker(centre, { radius: 6, className: "map-here", interactive: false }).addTo(map);
    bounds.extend(L.latLng(centre).toBounds(Math.min(radius, 6000) * 2));
  }
  if (!tiles) found.towns.forEach(({ name, coordinates }) => label(at(coordinates), name, "town"));

  found.features.forEach((offer) => bounds.extend(at(offer.geometry.coordinates)));
  // One step, without a slide: nobody meets dots that are still on their way.
  map.fitBounds(bounds.isValid() ? bounds : [[47.4, 3.4], [50.2, 8.3]], { padding: [12, 12], maxZoom: 13, animate: false });

  // Dots that would touch at this zoom are one dot, with their number: each can be aimed at (WCAG 2.5.8).
  const dots = L.layerGroup().addTo(map);
  let drawn;
  const draw = () => {
    const places = [];
    found.features.forEach((offer, rank) => {
      const spot = map.project(at(offer.geometry.coordinates));
      const near = places.find((place) => place.spot.distanceTo(spot) < 32);
      if (near) near.ranks.push(rank);
      else places.push({ spot, ranks: [rank] });
    });
    const now = JSON.stringify(places.map(({ ranks }) => ranks));
    if (now === drawn) return;
    drawn = now;
    dots.clearLayers();
    places.forEach(({ ranks }) => dot(ranks.map((rank) => found.features[rank])).addTo(dots));
  };
  map.on("zoomend", draw);
  draw();

  function dot(offers) {
    const many = offers.length > 1;
    const title = many ? `${offers.length} ${found.things || "immersions"}` : offers[0].properties.title;
    const icon = L.divIcon({ className: "map-dot", html: many ? String(offers.length) : "", iconSize: [28, 28] });
    const where = at(offers[0].geometry.coordinates);
    return L.marker(where, { icon, title, alt: title }).bindPopup(() => popup(offers), { minWidth: 220, maxHeight: 260, autoPanPaddingBottomRight: [48, 8] });
  }

  function popup(offers) {
    const list = document.createElement("ul");
    list.className = "plain";
    offers.forEach(({ properties }) => {
      const line = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: properties.url, textContent: properties.title });
      const more = document.createElement("small");
      const km = properties.distance_km;
      const far = km === null ? "" : km < 1 ? ", moins de 1 km" : `, ${String(km).replace(".", ",")} km`;
      more.textContent = (properties.company || properties.organisation) + far;
      line.append(link, document.createElement("br"), more);
      list.append(line);
    });
    return list;
  }
};
