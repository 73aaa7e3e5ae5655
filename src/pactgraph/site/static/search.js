// Finds names by all the words that are typed; each may be the beginning of a word of a name. Titles of sources come last.
"use strict";

const most = 50;
const letters = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ß: "ss" };
const query = document.getElementById("query");
const found = document.getElementById("found");
const told = document.getElementById("told");

function fold(words) {
  return words.toLowerCase().replace(/[øłđðþæœıß]/g, (letter) => letters[letter])
    .normalize("NFKD").replace(/\p{M}/gu, "").replace(/[.'’ʼ`]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function rank([, , kind, typed], words, whole) {
  const within = ` ${typed} `;
  if (!words.every((word) => within.includes(` ${word}`))) return -1;
  if (typed.split(" | ").includes(whole)) return 0;
  return (typed.startsWith(words[0]) ? 1 : 2) + (kind === "source" ? 2 : 0);
}

function row([path, name, kind]) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const dim = document.createElement("span");
  link.href = `${path.split("/").map(encodeURIComponent).join("/")}.html`;
  link.textContent = name;
  dim.textContent = ` ${kind}`;
  dim.className = "dim";
  item.append(link, dim);
  return item;
}

function search() {
  const whole = fold(query.value);
  const words = whole.split(" ").filter(Boolean);
  const ranked = words.length ? names.map((each) => [rank(each, words, whole), each]) : [];
  const fitting = ranked.filter(([how]) => how >= 0).sort(([one], [other]) => one - other);
  found.replaceChildren(...fitting.slice(0, most).map(([, each]) => row(each)));
  const more = fitting.length > most ? `, of which the first ${most} are shown` : "";
  told.textContent = words.length ? `${fitting.length} found${more}.` : "";
  history.replaceState(null, "", whole ? `#${encodeURIComponent(query.value)}` : location.pathname);
}

document.getElementById("form").hidden = false;
query.addEventListener("input", search);
query.value = decodeURIComponent(location.hash.slice(1));
if (query.value) search();
query.focus();
