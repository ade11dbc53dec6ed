paper-note = Printed on paper
