"""The open record of Kazakhstan-United States relations, as a library.

Layers, each importing only from those above it in this list:

0. `problems`, `dates`: values without a dependency on the record
1. `yamlfile`, `model`: one file, one record
2. `dataset`, `loader`: all records together
3. `rules`, `views`: what is checked and what pages show
4. `exports`, `site`: files for machines and pages for people
5. `cli`, `plugin`: the command line and MkDocs
"""

__version__ = "1.0.0"
