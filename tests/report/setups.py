"""Two small setups: one half-decided, one nearly finished."""

BEGUN = """
buero:
  vorgesehen: ja
  barrierefrei: nein
  raum_m2: mindestens 20
  technik: {computer: nein}
stellen:
  leitung: {rolle: qm, umfang: {jahresstunden: 800}, befristet_bis: 2027}
abweichungen:
  raeume.computer: {grund: "Die [bold]Volkshochschule[/bold] stellt <b>Geräte</b> {kostenlos}"}
"""

READY = """
buero: {vorgesehen: ja, barrierefrei: ja, raum_m2: 24.9, technik: {computer: ja}}
gebiet.einwohner: 9000
projekt.ende: 2030-12-31
sprechzeiten.stunden: 12
stellen:
  vollstaendig: ja
  leitung: {rolle: qm, umfang: 0.5, befristet_bis: 2029-06-30}
  kollegin: {rolle: qm, umfang: {wochenstunden: 13, vollzeitwoche: 39}, befristet_bis: 2031-01-31}
  buero: {rolle: assistenz, umfang: 0.25}
parameter: {grenze: 30}
abweichungen:
  raeume.gruppenraum:
    {grund: Der Saal nebenan ist frei, vereinbart_mit: Servicestelle, datum: 2026-03-01, bis: 2027}
  laufzeit.grosses-gebiet: {grund: Zwei Büros, bis: 2026-10-31}
"""
