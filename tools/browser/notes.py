"""What the recorder notes in its trace beside the calls; `recorded` reads it."""

#: A case is opened, with this id; it begins, and whether what happened until then is kept; it is over.
CASE, BEGUN, ENDED = "case", "begun", "ended"
#: What is done next is called this in the recording.
AS = "as"
#: The page was loaded anew, and all that happened in it before is forgotten.
LOADED_ANEW = "the page is loaded anew"
