// The filters of the list of projects, loaded with it.

import { startCatalogue } from "../page/catalogue";

startCatalogue();
