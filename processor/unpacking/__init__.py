"""What came in something: mails, mailboxes and zip files taken apart into the papers in them.

Everything here runs in a limited child process (`processor.workers`) and writes nothing: bytes in, bytes out.
"""
