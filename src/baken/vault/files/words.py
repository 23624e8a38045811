"""Why a file was not taken, in words that say what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baken.vault.files.cleaning import MOST_APART
from baken.vault.files.reasons import Reason

_SENTENCES: Mapping[Reason, str | Promise] = {
    Reason.EMPTY: _("This file is empty. Choose another file."),
    Reason.TOO_BIG: _("This file is larger than %(most)s MB. Choose a smaller file, or send it in parts."),
    Reason.TOO_BIG_TO_CLEAN: _(
        "Pictures, PDFs and Office documents may be %(most_apart)s MB at most. Make it smaller, or send it in parts."
    ),
    Reason.TOO_MUCH_INSIDE: _("This file holds too much to check safely. Make it smaller, or send it in parts."),
    Reason.DAMAGED: _("This file does not open. Save it again and choose it once more."),
    Reason.PROTECTED: _("This file has a password. Save it without a password; we seal it for you."),
    Reason.MACROS: _("This document can run programs (macros). Save it without macros, or as PDF."),
    Reason.EMBEDDED: _("There is another file inside this document that we cannot check. Save the document as PDF."),
    Reason.OLD_OFFICE: _("This is an older Office document, or it has a password. Save it as PDF or as .docx."),
    Reason.PHONE_PICTURE: _("Your phone saved this picture in a form that not everybody can open. Save it as JPEG."),
    Reason.HIDDEN_PLACES: _(
        "This film notes where the camera was at each moment. Save it without places, or send pictures."
    ),
    Reason.ARCHIVE: _("This is a package of files. Send the files one by one."),
    Reason.PROGRAM: _("This is a program. We do not take programs."),
    Reason.MARKUP: _("We do not take web pages or drawings of this kind. Save it as PDF or as a picture."),
    Reason.TWO_IN_ONE: _("This file is two kinds of file at once, which is not safe. Save it again, or as PDF."),
    Reason.NOT_UTF8: _("We cannot read the letters in this file. Save the text as UTF-8, or as PDF."),
    Reason.UNKNOWN: _("We do not take this kind of file. A picture, a PDF, a document, a text, sound or MP4 is fine."),
    Reason.INFECTED: _("The virus scanner found something in this file. We did not keep it."),
    Reason.NOT_SCANNED: _(
        "We cannot check files for viruses at the moment. Try again later; your text can be sent now."
    ),
    Reason.NO_ROOM: _("There is no room for this file at the moment. Try again later; your text can be sent now."),
    Reason.INTERRUPTED: _("This file did not arrive whole. Choose it once more."),
}


def sentence(reason: Reason) -> str:
    """What happened and what to do, in the language of the reader."""
    return str(_SENTENCES[reason]) % {
        "most": settings.BAKEN_FILE_MAX_MB,
        "most_apart": MOST_APART // 1024**2,
    }


def what_we_take() -> str:
    """One sentence for beside the field."""
    return gettext(
        "A picture, PDF, Word, Excel, PowerPoint or OpenDocument file of at most %(most_apart)s MB; or text, sound "
        "(MP3, M4A, WAV, Opus) or film (MP4, MOV) of at most %(most)s MB."
    ) % {"most": settings.BAKEN_FILE_MAX_MB, "most_apart": MOST_APART // 1024**2}
