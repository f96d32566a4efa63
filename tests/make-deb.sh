#!/usr/bin/env bash
# Makes a Debian package of an installed tree: make-deb.sh ROOT VERSION OUTPUT-FOLDER. ROOT is
# what `make install DESTDIR=ROOT PREFIX=/usr` left; it is completed and packed.
# SPDX-License-Identifier: MIT
set -euo pipefail
root=$1
version=$2
output=$3
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || date +%s)}
export SOURCE_DATE_EPOCH=$epoch
architecture=$(dpkg --print-architecture)
documents=$root/usr/share/doc/mystery

strip "$root/usr/bin/mystery"
mkdir -p "$documents/examples" "$root/DEBIAN"
mv "$documents/LICENSE" "$documents/copyright"
cp ci/mystery.service ci/mystery.timer ci/crontab "$documents/examples/"
cp SECURITY.md README.md "$documents/"
gzip -9n < CHANGELOG.md > "$documents/changelog.gz"
gzip -9nf "$root/usr/share/man/man1/mystery.1"
mkdir -p "$root/usr/share/zsh/vendor-completions"
mv "$root/usr/share/zsh/site-functions/_mystery" "$root/usr/share/zsh/vendor-completions/"
rmdir "$root/usr/share/zsh/site-functions"

# The packages that hold the libraries the program names itself.
packages() {
    objdump -p "$root/usr/bin/mystery" | sed -n 's/^ *NEEDED *//p' | while read -r name; do
        path=$(ldd "$root/usr/bin/mystery" | sed -nE "s|^[[:space:]]*$name => ([^ ]+) .*|\1|p")
        path=$(readlink -f "$path")
        # Merged or not: the package may have registered it below /lib or /usr/lib.
        dpkg-query -S "$path" "${path#/usr}" 2> /dev/null | head -n 1 | cut -d: -f1 || true
    done | sort -u
}
depends=$(packages | paste -sd, | sed 's/,/, /g')

chmod -R u=rwX,go=rX "$root"
cat > "$root/DEBIAN/control" << END
Package: mystery
Version: $version
Architecture: $architecture
Maintainer: Mystery developers <mystery@example.com>
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: $depends
Recommends: chromium, ca-certificates, fonts-liberation
Section: web
Priority: optional
Description: mystery shopper for online shops
 Visits a shop like a customer, on a phone and on a desktop, measures what the
 customer lives through, judges it by a published grid of rules and writes a
 report for the merchant: what to mend first, why and how.
END
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
chmod 644 "$root/DEBIAN/control" "$root/DEBIAN/md5sums"
find "$root" -print0 | xargs -0 touch -h -d "@$epoch"
mkdir -p "$output"
dpkg-deb --root-owner-group --build "$root" "$output/mystery_${version}_$architecture.deb"
