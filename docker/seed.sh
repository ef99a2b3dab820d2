#!/usr/bin/env bash
# Opens the demo shop: products, stock and wallets, each once, however often this runs.
#   MALL_INVENTORY_URL, MALL_PAYMENT_URL, MALL_GATEWAY_URL: where they answer, by default on this machine
#   MALL_TOKEN_ENDPOINT: of the issuer, by default the gateway's
#   MALL_IMPORT_SECRET: of the issuer's client "import"
set -euo pipefail
readonly INVENTORY="${MALL_INVENTORY_URL:-http://localhost:8082}"
readonly PAYMENT="${MALL_PAYMENT_URL:-http://localhost:8083}"
readonly TOKEN_ENDPOINT="${MALL_TOKEN_ENDPOINT:-${MALL_GATEWAY_URL:-http://localhost:8080}/oauth2/token}"
readonly SECRET="${MALL_IMPORT_SECRET:?the secret of the client import}"

patiently() { # CURL OPTIONS...; standard input: further ones, which the list of processes does not show
  curl --fail-with-body --silent --show-error --retry 150 --retry-connrefused --retry-delay 2 --max-time 20 --config - "$@"
}

quoted() { # TEXT: as it stands between quotation marks in a configuration of curl's
  sed 's/[\\"]/\\&/g' <<<"$1"
}

access_token() {
  patiently "$TOKEN_ENDPOINT" <<CONFIG |
data = "grant_type=client_credentials&client_id=import"
data-urlencode = "client_secret=$(quoted "$SECRET")"
CONFIG
    sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p'
}

send() { # METHOD URL KEY BODY
  patiently --request "$1" --header 'Content-Type: application/json' --header "Idempotency-Key: $3" --data "$4" "$2" \
    <<<"header = \"Authorization: Bearer $token\""
  echo
}

product() { # SKU NAME CENTS PIECES
  send PUT "$INVENTORY/products/$1" "seed-$1" "{\"name\":\"$2\",\"priceMinor\":$3,\"currency\":\"EUR\"}"
  send POST "$INVENTORY/stock/$1/receipts" "seed-$1" "{\"quantity\":$4}"
}

wallet() { # CUSTOMER CENTS
  send POST "$PAYMENT/wallets/$1/deposits" "seed-$1" "{\"amountMinor\":$2,\"currency\":\"EUR\"}"
}

token=$(access_token)
# the shop of ./mall demo
product espresso-cup 'Espresso cup' 1250 40
product beans-1kg 'Coffee beans, 1 kg' 1890 25
product grinder 'Coffee grinder' 8900 5
product moka-pot 'Moka pot' 3400 2

wallet ada 20000
wallet ben 40000
wallet cleo 500
