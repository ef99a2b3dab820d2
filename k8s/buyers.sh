#!/usr/bin/env bash
# Customers who place one order after another until there is a file "stop", each by another checkout mode, half of them
# through the gateway. k8s/smoke runs this in a pod.
# A request without an answer, or without a final one, is sent again with the same key until it is accepted. They log in at
# the gateway as the programs load and import (MALL_LOAD_SECRET, MALL_IMPORT_SECRET), again when a token is refused.
#   buyers.sh RUN BUYERS
set -uo pipefail
readonly RUN="$1" BUYERS="$2" DIR=/tmp/buyers
readonly ORDERS=http://order-service:8081 GATEWAY=http://gateway:8080/api
readonly INVENTORY=http://inventory-service:8082 PAYMENT=http://payment-service:8083
readonly EACH=3 # cents
readonly MODES=(SAGA TCC CHOREOGRAPHY TWO_PHASE)
orders=$GATEWAY mode=SAGA # of the next order
program=import token=''

quoted() { # TEXT: as it stands between quotation marks in a configuration of curl's
  sed 's/[\\"]/\\&/g' <<<"$1"
}

log_in() { # sets $token of $program; where the gateway does not answer, the next refusal tries again
  local secret="MALL_${program^^}_SECRET"
  token=$(curl --silent --connect-timeout 3 --max-time 20 --config - "${GATEWAY%/api}/oauth2/token" <<CONFIG |
data = "grant_type=client_credentials&client_id=$program"
data-urlencode = "client_secret=$(quoted "${!secret}")"
CONFIG
    sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
}

send() { # METHOD URL KEY BODY: prints what came back, its status last
  curl --silent --write-out '\n%{http_code}' --connect-timeout 3 --max-time 20 --config - --request "$1" \
    --header 'Content-Type: application/json' --header "Idempotency-Key: $3" --header "Mall-Checkout: $mode" --data "$4" "$2" \
    <<<"header = \"Authorization: Bearer $token\""
}

ask() { # LOG METHOD URL KEY BODY: until it is accepted; the answer is in $answer
  local log="$1"
  shift
  while true; do
    answer=$(send "$@")
    case "${answer##*$'\n'}" in
      2*) return ;;
      401) log_in ;;
    esac
    echo "$(date +%T) ${answer##*$'\n'} $2" >>"$log"
    sleep 0.5
  done
}

product() { # SKU PIECES
  ask "$DIR/opening" PUT "$INVENTORY/products/$1" "$1" "{\"name\":\"$1\",\"priceMinor\":$EACH,\"currency\":\"EUR\"}"
  ask "$DIR/opening" POST "$INVENTORY/stock/$1/receipts" "$1" "{\"quantity\":$2}"
}

wallet() { # CUSTOMER CENTS
  ask "$DIR/opening" POST "$PAYMENT/wallets/$1/deposits" "$1" "{\"amountMinor\":$2,\"currency\":\"EUR\"}"
}

order() { # LOG CUSTOMER KEY SKU
  ask "$1" POST "$orders/orders" "$3" \
    "{\"customerId\":\"$2\",\"items\":[{\"sku\":\"$4\",\"quantity\":1}],\"payment\":{\"method\":\"WALLET\"}}"
  sed -n 's/.*"id":"\([0-9]*\)".*/\1/p' <<<"$answer" >>"$DIR/accepted"
}

buyer() { # NUMBER: of ten orders one is for what runs out, one is of a new customer without a wallet
  local number=0
  mode=${MODES[$1 % 4]}
  [ $(($1 / 4 % 2)) -eq 0 ] && orders=$ORDERS
  while [ ! -e "$DIR/stop" ]; do
    number=$((number + 1))
    case "$number" in
      *3) order "$DIR/failed" "$RUN-rich" "$RUN-$1-$number" "$RUN-few" ;;
      *7) order "$DIR/failed" "$RUN-poor-$1-$number" "$RUN-$1-$number" "$RUN-many" ;;
      *) order "$DIR/failed" "$RUN-rich" "$RUN-$1-$number" "$RUN-many" ;;
    esac
    sleep 0.2
  done
}

mkdir -p "$DIR" && touch "$DIR/accepted" "$DIR/failed"
product "$RUN-many" 1000000
product "$RUN-few" 20
wallet "$RUN-rich" 10000000
program=load token=''
for mode in "${MODES[@]}"; do
  order "$DIR/opening" "$RUN-rich" "$RUN-first-$mode" "$RUN-many"
done
touch "$DIR/open"
for one in $(seq "$BUYERS"); do
  buyer "$one" &
done
wait
touch "$DIR/done"
sleep 1800 # what was noted is read from here
