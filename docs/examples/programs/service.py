"""A small web service: it takes a record as JSON and returns the finished document, or the faults of the record.

pip install fastapi uvicorn uvicorn service:app
"""

from typing import Annotated, Any

from fastapi import Body, FastAPI, Request, Response
from fastapi.responses import JSONResponse

import kepu_docs
from kepu_docs import KepuError, WorkSummary

app = FastAPI(title="社区科普工作总结")
engine = kepu_docs.Engine(look="briefing")
MEDIA = {name: renderer.media_type for name, renderer in engine.registry.renderers.items()}


@app.exception_handler(KepuError)
def explain(request: Request, error: KepuError) -> JSONResponse:
    """Answer with every fault: its code, its place in the record, and the message in the reader's language."""
    locale = "en" if request.headers.get("accept-language", "").startswith("en") else "zh_Hans"
    faults = [{**fault.to_dict(), "text": fault.text(locale)} for fault in error.faults]
    return JSONResponse({"faults": faults}, status_code=422)


@app.post("/summaries")
def typed(summary: WorkSummary, format: str = "docx") -> Response:  # noqa: A002
    """Return the document of a record that FastAPI itself has validated: its model is on the service's OpenAPI page."""
    return Response(engine.render(summary, format), media_type=MEDIA.get(format))


@app.post("/records")
def explained(record: Annotated[dict[str, Any], Body()], format: str = "docx") -> Response:  # noqa: A002
    """Return the document of a record with English or Chinese keys; faults are explained field by field."""
    return Response(engine.render(engine.load(record), format), media_type=MEDIA.get(format))
