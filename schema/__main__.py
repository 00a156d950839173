"""`python -m schema` prints the SDL: `schema.graphql` is what it prints."""

from schema.root import printed

if __name__ == "__main__":
    print(printed(), end="")
