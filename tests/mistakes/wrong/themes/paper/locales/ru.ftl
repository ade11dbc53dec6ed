paper-note = Напечатано на бумаге
= без имени
paper-ink = чернила 🖋 {
paper-glue = клей
