// The script of pages with a map, loaded as one comes near.

import { startMap } from "../page/map";

if (window.roadbook) startMap(window.roadbook.site, window.roadbook.figures);
