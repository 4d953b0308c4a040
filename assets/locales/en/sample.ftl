# What heyi sample writes beside the papers
sample-readme =
    Sample papers of heyi

    The people, addresses and events here are invented, and so is the authority behind the signatures: it was made for these
    files and forgotten. Try your own checks on them:
sample-file-unsigned = the paper before anybody signed
sample-file-signed = one signature after another, a file after each
sample-file-last = the newest: everybody has signed, and it is closed for the archive (it can be checked after its certificates have run out)
sample-file-data = what the paper says as data, byte for byte as attached to the PDF
sample-file-agreement = the settlement agreement that the ruling confirms
sample-file-enclosed = the settlement agreement that the dossier holds
sample-file-roots = the two certificates to trust: for signatures and for timestamps
sample-file-revoked = what this root has taken back
sample-file-record = the platform's record of the paper with its signature, for heyi verify --record
sample-file-said = what the record says, for other programs
sample-file-signature = the platform's signature over exactly that
sample-file-inclusion = the proof that the newest lies under an anchor, for heyi verify --inclusion
sample-heyi =
    Check with heyi (no network). It should say: whole, every signature valid, as the platform has it:
sample-heyi-unkept =
    A dossier is made when somebody asks for it: nobody signs it, and the platform has no record of it. Check with heyi (no network).
    It should say that nobody has signed it, and of the agreement in it that the file is whole and every signature is valid:
sample-truncated =
    An earlier revision is genuine too, but lacks the signatures made since. Only the platform's record can tell:
sample-agreement =
    Whether the ruling is about this very agreement, the record of the ruling says:
sample-pyhanko =
    Check with pyHanko (pip install pyhanko-cli):
sample-openssl =
    Check the platform's record and the lists of revoked certificates with openssl:
sample-openssl-lists =
    Check the lists of revoked certificates with openssl:
sample-inclusion =
    Without any database, the proof that it lies under an hourly anchor:
