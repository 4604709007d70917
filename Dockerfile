# The site, its worker and its beat: one image, three commands (see docker-compose.yml).
FROM python:3.13-slim-trixie AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --only-binary=:all: --require-hashes -r requirements.txt
COPY . .
# No secret is needed to collect: the settings only want to see that something is there.
RUN SECRET_KEY=build SITE_URL=http://build DATABASE_URL=postgres://build REDIS_URL=redis://build \
    /venv/bin/python manage.py collectstatic --no-input

FROM python:3.13-slim-trixie
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 MEDIA_ROOT=/media
RUN useradd --system --create-home traitdunion && install -d -o traitdunion /media
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER traitdunion
EXPOSE 8000
CMD ["gunicorn", "--worker-class=gthread", "--workers=2", "--threads=4", "--bind=0.0.0.0:8000", \
     "--worker-tmp-dir=/tmp", "--no-control-socket", "--limit-request-line=0", "traitdunion.wsgi:application"]
