"""`python -m processor` is `secor`."""

from processor.cli import main

if __name__ == "__main__":
    main()
