#!/bin/sh
# Checks a package with its date, offline, with these standard tools: sh, awk, cat, cmp, cut, date, dirname, find, grep, head, mktemp, od, openssl (3.0 or later),
# rm, sed, sha256sum, sort, tail, tr, uniq, unzip, wc; and age, with -k. What it checks, and what that shows, is in README.txt. No warranty. CC0.
#
#   sh check.sh [-p policy.txt] [-a authority.pem] [-k key.txt] [package.zip | folder]
#
# -p  which logs and witnesses you believe. Get it from them, not from the package: without it, the package is only held to itself.
# -a  certificates of the timestamp authority that you believe.
# -k  the key of account.age, to see that the account was locked by whoever has it.
# Ends with 0: it matches. 1: it does not match, and each part that does not is named. 2: called wrongly. 4: it holds together, by its own word.
LC_ALL=C
export LC_ALL
set -uf

policy='' authority='' key=''
while getopts p:a:k: option; do
  case $option in p) policy=$OPTARG ;; a) authority=$OPTARG ;; k) key=$OPTARG ;; *) exit 2 ;; esac
done
shift $((OPTIND - 1))
package=${1:-$(cd "$(dirname "$0")" && pwd)}
for file in "$policy" "$authority" "$key"; do [ -z "$file" ] || [ -r "$file" ] || { echo "$file cannot be read." >&2; exit 2; }; done
[ -r "$package" ] || { echo "$package cannot be read." >&2; exit 2; }
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
bad=0

fail() { printf 'DOES NOT MATCH: %s (%s)\n' "$1" "$2"; bad=1; }
stop() { [ $bad -eq 0 ] || { echo 'It does not match.'; exit 1; }; }

# --- Bytes: hexadecimal to bytes and back.
bin() {
  printf "$(printf %s "$1" | awk '{ h = "0123456789abcdef"; for (i = 1; i < length($0); i += 2) printf "\\%03o", index(h, substr($0, i, 1)) * 16 - 17 + index(h, substr($0, i + 1, 1)) }')"
}
hex() { od -An -v -tx1 | tr -d ' \n'; }
sum() { sha256sum | cut -c 1-64; }
unbase64() { # each line in hexadecimal; fails where a line could be written in another way
  awk 'BEGIN { b = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" }
    { s = $0; pad = s ~ /==$/ ? 2 : s ~ /=$/ ? 1 : 0; if (length(s) % 4 || s == "" || substr(s, 1, length(s) - pad) ~ /[^A-Za-z0-9+\/]/) exit 1
      out = ""
      for (i = 1; i <= length(s); i += 4) { n = 0; for (j = 0; j < 4; j++) { v = index(b, substr(s, i + j, 1)) - 1; n = n * 64 + (v < 0 ? 0 : v) } out = out sprintf("%06x", n) }
      if (pad && substr(out, length(out) + 1 - 2 * pad) !~ /^0+$/) exit 1
      print substr(out, 1, length(out) - 2 * pad) }'
}

# --- The Merkle path: RFC 6962, section 2.1, as RFC 9162, section 2.1.3.2, writes it out.
# included KIND THING SALT PROOF: 0 the log has it, 1 it does not, 2 the proof cannot be read, 3 the salt cannot be read
included() {
  grep -Eqx '[0-9a-f]{64}' "$3" && [ "$(wc -c <"$3")" -eq 65 ] || return 3
  salt=$(head -c 64 "$3")
  entry="${1}01$({ bin "$salt"; cat "$2"; } | sum)" # kind, version 1, SHA-256(salt, thing)
  leaf=$(bin "00$entry" | sum)

  read_proof "$4" || return 2
  fn=$index sn=$((size - 1)) hash=$leaf
  [ "$index" -lt "$size" ] || return 1
  for beside in $path; do
    [ $sn -gt 0 ] || return 1
    if [ $((fn & 1)) -eq 1 ] || [ $fn -eq $sn ]; then
      hash=$(bin "01$beside$hash" | sum)
      while [ $((fn & 1)) -eq 0 ] && [ $fn -ne 0 ]; do fn=$((fn >> 1)) sn=$((sn >> 1)); done
    else
      hash=$(bin "01$hash$beside" | sum)
    fi
    fn=$((fn >> 1)) sn=$((sn >> 1))
  done
  [ $sn -eq 0 ] && [ "$hash" = "$root" ]
}

# A C2SP tlog-proof: index, path and checkpoint, whose text goes to $tmp/text and whose signatures to $tmp/lines, each as NAME HEXADECIMAL.
read_proof() {
  index='' origin=''
  awk -v head="$tmp/head" -v text="$tmp/text" -v lines="$tmp/lines64" 'BEGIN { out = head; printf "" >head; printf "" >text; printf "" >lines }
    $0 == "" && n < 2 { out = n++ ? lines : text; next } { print >out }' "$1"
  [ "$(sed -n 1p "$tmp/head")" = 'c2sp.org/tlog-proof@v1' ] && [ -s "$tmp/lines64" ] && ! grep -Evq '^— [^ ]+ [A-Za-z0-9+/=]+$' "$tmp/lines64" || return 1
  sed -e 1d -e '2{/^extra [A-Za-z0-9+\/=]*$/d;}' "$tmp/head" >"$tmp/path"
  size=$(sed -n 2p "$tmp/text")
  for number in "$(sed -n '1s/^index //p' "$tmp/path")" "$size"; do printf '%s\n' "$number" | grep -Eqx '0|[1-9][0-9]{0,17}' || return 1; done
  path=$(sed 1d "$tmp/path" | unbase64) && root=$(sed -n 3p "$tmp/text" | unbase64) && cut -d ' ' -f 3 "$tmp/lines64" | unbase64 >"$tmp/lines16" || return 1
  for hash in $path "$root"; do [ ${#hash} -eq 64 ] || return 1; done
  cut -d ' ' -f 2 "$tmp/lines64" >"$tmp/lines"
  awk -v hexes="$tmp/lines16" '{ getline hex <hexes; print $1, hex }' "$tmp/lines" >"$tmp/lines16.named" && cat "$tmp/lines16.named" >"$tmp/lines"
  index=$(sed -n '1s/^index //p' "$tmp/path") origin=$(sed -n 1p "$tmp/text")
}

# --- Ed25519: signed KEY SIGNATURE FILE, the first two in hexadecimal
signed() {
  [ ${#1} -eq 64 ] && [ ${#2} -eq 128 ] || return 1
  bin "302a300506032b6570032100$1" >"$tmp/key.der"
  bin "$2" >"$tmp/signature"
  openssl pkeyutl -verify -pubin -keyform DER -inkey "$tmp/key.der" -rawin -in "$3" -sigfile "$tmp/signature" >/dev/null 2>&1
}

# --- The keys of a policy, each as KIND OWNER NAME ID PUBLIC in $tmp/keys. Kind 01 is a log's, 04 a witness's.
read_keys() {
  awk '$1 == "log" { print "01 -", $2 } $1 == "witness" { print "04", $2, $3 }' "$1" >"$tmp/vkeys"
  : >"$tmp/keys"
  cut -d ' ' -f 3- "$tmp/vkeys" | cut -d + -f 3- | unbase64 >"$tmp/publics" || return 1
  while read -r kind owner vkey && read -r public <&3; do
    name=${vkey%%+*} id=${vkey#*+}
    id=${id%%+*}
    [ "${public%"${public#??}"}" = "$kind" ] && [ ${#public} -eq 66 ] && [ "$({ printf '%s\n' "$name"; bin "$public"; } | sum | cut -c 1-8)" = "$id" ] || return 1
    echo "$kind $owner $name $id ${public#??}" >>"$tmp/keys"
  done <"$tmp/vkeys" 3<"$tmp/publics"
  [ -z "$(cut -d ' ' -f 1,5 "$tmp/keys" | sort | uniq -d)" ]
}
# The signatures of that key below the checkpoint, in hexadecimal, without the key's id.
lines_of() { NAME=$1 awk -v id="$2" '$1 == ENVIRON["NAME"] && substr($2, 1, 8) == id && length($2) > 8 { print substr($2, 9) }' "$tmp/lines"; }

# --- Whose checkpoint it is: believed POLICY prints when enough witnesses had seen it, or why not: policy, log-unknown, log-signature, witnesses.
believed() {
  : >"$tmp/seen"
  log=log-unknown
  while read -r kind owner name id public; do
    own=$(lines_of "$name" "$id") at=''
    if [ "$kind" = 01 ]; then
      [ "$name" = "$origin" ] || continue
      [ "$log" = signed ] || log=log-signature
      for line in $own; do signed "$public" "$line" "$tmp/text" || { own=''; break; }; done
      [ -z "$own" ] || log=signed
      continue
    fi
    for line in $own; do
      signature=${line#????????????????}
      seconds=$((0x${line%"$signature"}))
      { printf 'cosignature/v1\ntime %d\n' $seconds; cat "$tmp/text"; } >"$tmp/cosigned"
      signed "$public" "$signature" "$tmp/cosigned" && [ $seconds -ge 0 ] || { at=''; break; }
      [ -n "$at" ] && [ "$at" -gt $seconds ] || at=$seconds
    done
    [ -z "$at" ] || echo "$owner $at" >>"$tmp/seen"
  done <"$tmp/keys"
  said=$(quorum "$1")
  case $said in
    policy) echo policy; return 1 ;;
    *) [ "$log" = signed ] || said=$log ;;
  esac
  echo "$said"
  case $said in witnesses | log-*) return 1 ;; esac
}
quorum() {
  awk -v seen="$tmp/seen" 'BEGIN { while ((getline line <seen) > 0) { split(line, w, " "); at[w[1]] = w[2]; when[++n] = w[2] } }
    { sub(/\r$/, "!") } NF == 0 || $1 ~ /^#/ { next }
    $1 == "log" && (NF == 2 || NF == 3) { next }
    $1 == "witness" && (NF == 3 || NF == 4) && $2 != "none" && !($2 in known) { known[$2]; next }
    $1 == "group" && NF > 3 && $2 != "none" && !($2 in known) {
      g[++groups] = $2; least[$2] = $3 == "any" ? 1 : $3 == "all" ? NF - 3 : $3 ~ /^[1-9][0-9]*$/ ? $3 + 0 : 0; members[$2] = NF - 3
      for (i = 4; i <= NF; i++) { if (!($i in known) || $i in grouped) wrong = 1; grouped[$i]; member[$2, i - 3] = $i }
      if (least[$2] < 1 || least[$2] > NF - 3) wrong = 1
      known[$2]; next }
    $1 == "quorum" && NF == 2 && quorum == "" && ($2 == "none" || $2 in known) { quorum = $2; next }
    { wrong = 1 }
    function enough(t, ok, name, i, j, count) {
      for (name in at) if (at[name] + 0 <= t) ok[name]
      for (i = 1; i <= groups; i++) { count = 0; for (j = 1; j <= members[g[i]]; j++) if (member[g[i], j] in ok) count++; if (count >= least[g[i]]) ok[g[i]] }
      return quorum in ok }
    END {
      if (wrong || quorum == "") { print "policy"; exit }
      if (quorum == "none") { print "none"; exit }
      best = ""
      for (i = 1; i <= n; i++) if (enough(when[i] + 0) && (best == "" || when[i] + 0 < best + 0)) best = when[i]
      print best == "" ? "witnesses" : best }' "$1"
}

# --- The archive, written anew from what it holds: every byte between the files must be the same.
archive() {
  (cd "$in" && wc -c $names) >"$tmp/sizes"
  awk -v listing="$tmp/listing" -v names="$names" 'BEGIN { while ((getline line <listing) > 0) { n = split(line, w, " "); crc[w[n]] = w[n - 1] }
      for (i = 32; i < 127; i++) code[sprintf("%c", i)] = i; d = "0123456789abcdef" }
    { size[$2] = $1 }
    function byte(n) { return sprintf("\\%03o", n) }
    function little(n, count, s) { while (count-- > 0) { s = s byte(n % 256); n = int(n / 256) } return s }
    function number(hex, i, n) { for (i = 1; i <= length(hex); i++) n = n * 16 + index(d, substr(hex, i, 1)) - 1; return n + 0 }
    END { count = split(names, all, "\n")
      for (i = 1; i <= count; i++) { name = all[i]; title = ""; for (j = 1; j <= length(name); j++) title = title byte(code[substr(name, j, 1)])
        common = little(20, 2) little(0, 6) little(33, 2) little(number(crc[name]), 4) little(size[name], 4) little(size[name], 4) little(length(name), 2) little(0, 2)
        print "PK\\003\\004" common title, name
        list = list "PK\\001\\002" little(20, 2) common little(0, 10) little(at, 4) title
        length_of_list += 46 + length(name); at += 30 + length(name) + size[name] }
      print list "PK\\005\\006" little(0, 4) little(count, 2) little(count, 2) little(length_of_list, 4) little(at, 4) little(0, 2), "-" }' "$tmp/sizes" |
    while read -r between name; do
      printf "$between"
      [ "$name" = - ] || cat "$in/$name"
    done
}

allowed='README\.txt|account\.(json|txt|pdf|age)|salt\.hex|proof\.tlog|match\.(bin|salt\.hex|tlog|tst)|timestamp\.tst|policy\.txt|timeline\.json|check\.sh|manifest\.(sha256|sig)|files/[1-9][0-9]{0,2}(\.[a-z0-9]{1,5})?|addenda/[1-9][0-9]?\.(json|salt\.hex|tlog|tst)'
if [ -d "$package" ]; then
  in=$package
  names=$(cd "$in" && find . -type f | sed 's|^\./||')
  if printf '%s\n' "$names" | grep -Evqx "$allowed"; then
    printf '%s\n' "$names" | grep -Evx "$allowed" | while read -r name; do fail "$name" unlisted; done
    bad=1
    stop
  fi
else
  in=$tmp/in
  names=$(unzip -Z1 "$package" 2>/dev/null) || names=''
  if [ -z "$names" ] || printf '%s\n' "$names" | grep -Evqx "$allowed" || [ -n "$(printf '%s\n' "$names" | sort | uniq -d)" ]; then
    fail package archive
    stop
  fi
  unzip -v "$package" >"$tmp/listing" 2>/dev/null
  unzip -qq -o -d "$in" "$package" </dev/null >/dev/null 2>&1
  if ! archive 2>/dev/null | cmp -s - "$package"; then
    fail package archive
    stop
  fi
fi
has() { [ -f "$in/$1" ]; }

for name in README.txt account.json account.txt account.age salt.hex proof.tlog policy.txt timeline.json check.sh manifest.sha256 manifest.sig; do has $name || fail $name missing; done
stop

# --- The list of the files, and whose signature stands below it.
list_ok=1
[ "$(tail -c 1 "$in/manifest.sha256" | hex)" = 0a ] && ! grep -Evqx '[0-9a-f]{64}  [^ ]+' "$in/manifest.sha256" && ! cut -c 67- "$in/manifest.sha256" | grep -Eqx 'manifest\.(sha256|sig)' \
  && [ -z "$(cut -c 67- "$in/manifest.sha256" | sort | uniq -d)" ] || list_ok=0
(cd "$in" && sha256sum $names) >"$tmp/sums"
sum_of() { sed -n "s|^\([0-9a-f]*\)  $1\$|\1|p" "$tmp/sums"; }
differences() {
  awk 'FNR == NR { here[substr($0, 67)] = $1; next } { said[substr($0, 67)] = $1 }
    END { for (name in said) if (!(name in here)) print name, "missing"; else if (here[name] != said[name]) print name, "altered"
      for (name in here) if (!(name in said) && name !~ /^manifest\.(sha256|sig)$/) print name, "unlisted" }' "$tmp/sums" "$in/manifest.sha256"
}
[ $list_ok -eq 0 ] || differences >"$tmp/differences"
signer=$(sed -n 's/.*"signer":"\([0-9a-fA-F]\{64\}\)".*/\1/p' "$in/account.json" | tr A-F a-f)
{ printf '\021wetoo/v1/manifest'; cat "$in/manifest.sha256"; } >"$tmp/list"
included 01 "$in/account.json" "$in/salt.hex" "$in/proof.tlog"
proven=$?
if signed "$signer" "$(hex <"$in/manifest.sig")" "$tmp/list"; then
  if [ $list_ok -eq 0 ]; then fail manifest.sha256 list; else
    while read -r name fault; do fail "$name" "$fault"; done <"$tmp/differences"
  fi
elif [ $proven -eq 0 ]; then
  if [ $list_ok -eq 0 ] || [ -s "$tmp/differences" ]; then fail manifest.sha256 list; else fail manifest.sig signature; fi
elif [ $list_ok -eq 1 ] && grep -Fqx "$(sum_of account.json)  account.json" "$in/manifest.sha256"; then
  fail account.json not-proven
  fail manifest.sig signature
else
  fail account.json altered
fi
stop
[ -d "$package" ] || unzip -tqq "$package" >/dev/null 2>&1 || fail package archive # after the list, so that an altered file is named
stop

# --- The parts, held to each other.
day=$(sed -n 's/^{"wetoo":"account\/1".*"sealed_day":\([0-9]\{1,10\}\)[,}].*/\1/p' "$in/account.json")
[ -n "$day" ] || { fail account.json malformed; stop; }
grep -o '"sha256":"[0-9a-f]\{64\}"' "$in/account.json" | cut -d '"' -f 4 >"$tmp/named"
here=0
for name in $names; do
  case $name in files/*) ;; *) continue ;; esac
  number=${name#files/} here=$((here + 1))
  said=$(sed -n "${number%%.*}p" "$tmp/named")
  if [ -z "$said" ]; then fail "$name" unlisted; elif [ "$said" != "$(sum_of "$name")" ]; then fail "$name" altered; fi
done
# held KIND THING SALT PROOF TOKEN
held() {
  included "$1" "$in/$2" "$in/$3" "$in/$4"
  case $? in 0) ;; 1) fail "$4" not-proven ;; 2) fail "$4" malformed; return 1 ;; *) fail "$3" malformed; return 1 ;; esac
  if has "$5" && read_proof "$in/$4"; then stamped "$in/$5" || fail "$5" timestamp; fi
  return 0
}
# An RFC 3161 token over the text of the checkpoint; without -a by the certificates that are in it.
stamped() {
  openssl pkcs7 -inform DER -print_certs -in "$1" -out "$tmp/certificates" 2>/dev/null || return 1
  stamp=$(openssl ts -reply -token_in -in "$1" -text 2>/dev/null | sed -n 's/^Time stamp: //p' | awk '{
    split($3, t, /[:.]/); y = $4; m = (index("JanFebMarAprMayJunJulAugSepOctNovDec", $1) + 2) / 3; if (m < 3) { y--; m += 12 }
    printf "%d", ((365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + $2 - 719469) * 24 + t[1]) * 3600 + t[2] * 60 + t[3] }')
  [ -n "$stamp" ] || return 1
  if [ -n "$authority" ]; then set -- "$1" -CAfile "$authority" -untrusted "$tmp/certificates"; else set -- "$1" -CAfile "$tmp/certificates" -partial_chain; fi
  token=$1
  shift
  openssl ts -verify -token_in -in "$token" -data "$tmp/text" -attime "$stamp" "$@" >/dev/null 2>&1
}
account_index=''
if held 01 account.json salt.hex proof.tlog timestamp.tst; then account_index=$index account_log=$origin; fi
before=account.json n=1
last=$(printf '%s\n' "$names" | sed -n 's|^addenda/\([0-9]*\)\..*|\1|p' | sort -n | tail -n 1)
while [ $n -le "${last:-0}" ]; do
  part=addenda/$n.json
  for name in $part addenda/$n.salt.hex addenda/$n.tlog; do has $name || { fail $name missing; part=''; }; done
  if [ -n "$part" ]; then
    if ! grep -Eq '^\{"wetoo":"addendum/1","kind":"(addition|correction)",.*"sealed_day":[0-9]{1,10}[,}]' "$in/$part"; then fail $part malformed
    elif ! grep -Fq "\"follows\":\"$(sum_of "$before")\"" "$in/$part"; then fail $part order
    else held 02 $part addenda/$n.salt.hex addenda/$n.tlog addenda/$n.tst
    fi
    before=$part
  fi
  n=$((n + 1))
done
told=''
if has match.bin || has match.salt.hex || has match.tlog; then
  for name in match.bin match.salt.hex match.tlog; do has $name || { fail $name missing; told=none; }; done
  if [ -z "$told" ]; then
    notice=$(hex <"$in/match.bin") begins=$(printf 'wetoo/v1/match-notice' | hex)
    case $notice in "$begins"*) [ ${#notice} -eq $((${#begins} + 72)) ] || notice='' ;; *) notice='' ;; esac
    if [ -z "$notice" ]; then fail match.bin malformed; else
      if held 09 match.bin match.salt.hex match.tlog match.tst && [ -n "$account_index" ]; then
        [ "$origin" = "$account_log" ] && [ "$index" -gt "$account_index" ] || fail match.tlog order
      fi
      told=",\"told_day\":$((0x${notice#"${notice%????????}"})),\"told_index\":$index"
    fi
  fi
fi
stop
printf '{"wetoo":"timeline/1","sealed_day":%s,"sealed_index":%s%s}\n' "$day" "$account_index" "$told" | cmp -s - "$in/timeline.json" || fail timeline.json malformed
stop
if [ -n "$key" ]; then
  age -d -i "$key" "$in/account.age" 2>/dev/null | head -n 1 | tr -d '\n' | cmp -s - "$in/account.json" || fail account.age altered
  stop
fi

# --- Who says so.
by=${policy:-$in/policy.txt}
no_policy() { [ -z "$policy" ] || { echo "$policy is no policy." >&2; exit 2; }; fail policy.txt malformed; stop; }
read_keys "$by" || no_policy
utc() { date -u -d "@$1" '+%Y-%m-%d %H:%M:%S UTC' 2>/dev/null || date -u -r "$1" '+%Y-%m-%d %H:%M:%S UTC' 2>/dev/null || echo "$1 seconds after 1970-01-01 UTC"; }
: >"$tmp/seen-all"
for name in $names; do
  case $name in proof.tlog | match.tlog | addenda/*.tlog) ;; *) continue ;; esac
  proof=$name
  read_proof "$in/$proof"
  said=$(believed "$by") || { [ "$said" != policy ] || no_policy; fail "$proof" "$said"; continue; }
  case $proof in proof.tlog) thing=account.json ;; match.tlog) thing='the notice of a match' ;; *) thing=${proof%tlog}json ;; esac
  if [ "$said" = none ]; then echo "$thing: number $index of the log $origin. The policy asks for no witness, so nobody says when."
  else echo "$thing: number $index of the log $origin, seen by witnesses at the latest on $(utc "$said")"
  fi >>"$tmp/seen-all"
done
stop
cat "$tmp/seen-all"
left=$(($(wc -l <"$tmp/named") - here))
[ $left -eq 0 ] || echo "Files of the account that are not in this package: $left."
if [ -n "$policy" ]; then
  echo 'It matches: these words and files existed then, and have not changed. It does not show what happened.'
else
  echo 'It holds together, by its own word. Nobody from outside was asked: whoever made it could have made these keys too. Use -p with a policy from the witnesses.'
  exit 4
fi
