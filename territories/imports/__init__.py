"""Full reference files, followed: dry by default, twice changes nothing, half a file refused."""
