# Two stages: the packages are installed, and GraphiQL is bundled, with tools that the running image does not carry.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements requirements
RUN python -m venv /opt/foliograph \
    && /opt/foliograph/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
RUN python -m venv /opt/node \
    && /opt/node/bin/pip install --no-cache-dir --require-hashes -r requirements/node.txt \
    && /opt/node/bin/python -m api.graphiql.build
# Who runs it may write nothing there: without bytecode each start would compile everything again, for half a second.
RUN /opt/foliograph/bin/python -m compileall -q --invalidation-mode unchecked-hash api schema domain workers migrations

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/foliograph --create-home foliograph
ENV PATH=/opt/foliograph/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    FOLIOGRAPH_HOST=0.0.0.0 \
    FOLIOGRAPH_DATA_DIR=/var/lib/foliograph
WORKDIR /app
COPY --from=build /opt/foliograph /opt/foliograph
COPY --from=build /app /app
USER foliograph
EXPOSE 8000
CMD ["python", "-m", "api"]
