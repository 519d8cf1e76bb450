from stuck_rules.scanner.globs import Globs as Globs
