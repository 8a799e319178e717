// Die API ohne das Widget: eine Planung senden, die Befunde zeigen.
const API = "https://check.example/api/v1";

/** Prüft eine Planung. Wirft einen Fehler, der alles nennt, was an ihr nicht stimmt. */
export async function pruefen(planung) {
  const antwort = await fetch(`${API}/check`, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ schema: "qmadvisor.setup/1", ...planung }),
  });
  const inhalt = await antwort.json();
  if (antwort.ok) return inhalt;
  const fehler = inhalt.errors.map(({ pointer, message }) => `${pointer}: ${message}`);
  throw new Error([inhalt.title, ...fehler].join("\n"));
}

const stand = document.querySelector("#stand");
const befunde = document.querySelector("#befunde");

document.querySelector("button").addEventListener("click", async () => {
  try {
    const bericht = await pruefen({
      titel: "Quartier am Bahnhof",
      programm: "sozialer_zusammenhalt",
      vertrag: { vorgesehen: true, dauer_monate: 12 },
      stadtteilbuero: { vorgesehen: true, barrierefrei: false },
    });
    const { fulfilled, violated, open } = bericht.summary.total;
    stand.textContent = `${fulfilled} erfüllt, ${violated} nicht erfüllt, ${open} offen`;
    befunde.replaceChildren(
      ...bericht.findings
        .filter((befund) => befund.status === "violated")
        .map((befund) => {
          const zeile = document.createElement("li");
          zeile.textContent = `${befund.title}: ${befund.message} (Leitfaden S. ${befund.source.page})`;
          return zeile;
        }),
    );
  } catch (fehler) {
    stand.textContent = fehler.message;
  }
});
