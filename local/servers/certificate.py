# Writes a certificate for 127.0.0.1 and localhost, signed by itself, and its key: certificate.py CERTIFICATE KEY
import datetime
import ipaddress
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "connectless, this machine only")])
key = ec.generate_private_key(ec.SECP256R1())
address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
now = datetime.datetime.now(datetime.timezone.utc)
hour = datetime.timedelta(hours=1)
certificate = (
    x509.CertificateBuilder()
    .subject_name(name)
    .issuer_name(name)
    .public_key(key.public_key())
    .serial_number(x509.random_serial_number())
    .not_valid_before(now - hour)
    .not_valid_after(now + 24 * hour)
    .add_extension(x509.SubjectAlternativeName([address, x509.DNSName("localhost")]), critical=False)
    .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    .sign(key, hashes.SHA256())
)
pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
pathlib.Path(sys.argv[1]).write_bytes(certificate.public_bytes(pem))
pathlib.Path(sys.argv[2]).write_bytes(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))
