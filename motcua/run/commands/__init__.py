"""The commands of `motcua`, a module each."""
