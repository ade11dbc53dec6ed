paper-note = Printed on paper
paper-size = Size
