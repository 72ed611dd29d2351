import { beginTestFile } from "./test-services.ts";

// The runner evaluates this module anew before every test file.
beginTestFile();
