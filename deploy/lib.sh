# shellcheck shell=bash
# Functions that deploy/lab and the tests share: output, requirements of the machine, the application,
# Docker images, and servers in containers. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root
readonly jar=$root/target/foobar.jar

# The images' base: debootstrap builds one from Debian's packages, and registry pulls one.
readonly registry_base=debian:13-slim
readonly debootstrap_base=foobar/base:trixie

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

say() {
    printf '\n== %s\n' "$*"
}

# step <title> <command...>: prints the title, runs the command and prints how long it took.
step() {
    local title=$1 began=$SECONDS
    shift
    say "$title"
    "$@"
    printf -- '-- %s: %d s\n' "$title" $((SECONDS - began))
}

is_debian_root() {
    [[ -e /etc/debian_version && $EUID -eq 0 ]]
}

# wait_for <seconds> <command...>: runs the command silently until it succeeds; fails after the time.
wait_for() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || return 1
        sleep 0.5
    done
}

# Requirements ---------------------------------------------------------------------------

# require [--install]: requires a running Docker, a JDK 25 and Maven; fails and says what to install, or installs it.
require() {
    local install=${1:-}
    if [[ $install == --install ]]; then
        is_debian_root || fail "--install works on Debian, as root"
        install_requirements
    fi
    require_java
    require_docker
}

install_requirements() {
    local missing=()
    docker_answers || command -v dockerd >/dev/null || missing+=(docker.io)
    command -v docker >/dev/null || missing+=("docker-cli docker.io")
    command -v debootstrap >/dev/null || missing+=(debootstrap)
    command -v mvn >/dev/null || missing+=(maven)
    has_jdk_25 || missing+=("temurin-25-jdk openjdk-25-jdk-headless")
    install_packages "${missing[@]}"
}

# install_packages <names...>: installs one package for each argument, which may list several names
# separated by spaces: the first one that apt knows.
install_packages() {
    local packages=() names
    (($#)) || return 0
    # First, because a new machine has no package lists, so that apt knows none of the names.
    apt-get update -q
    for names in "$@"; do
        # shellcheck disable=SC2086  # each word is a name
        packages+=("$(available $names)")
    done
    say "Installing ${packages[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${packages[@]}"
}

# available <package...>: prints the first package that apt knows, or else the last one.
available() {
    local package
    for package in "$@"; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            break
        fi
    done
    echo "$package"
}

has_jdk_25() {
    local javac
    for javac in "${JAVA_HOME:-}/bin/javac" /usr/lib/jvm/*/bin/javac; do
        if [[ -x $javac && $("$javac" -version 2>&1) == "javac 25"* ]]; then
            return
        fi
    done
    return 1
}

require_java() {
    has_jdk_25 || fail "JDK 25 is missing: install one below /usr/lib/jvm, on Debian" \
        "temurin-25-jdk or openjdk-25-jdk-headless, or add --install"
    command -v mvn >/dev/null || fail "Maven is missing: install it, on Debian maven, or add --install"
}

# require_browser [--install]: requires Chromium; installs it with fonts for Hebrew, Arabic and emoji.
require_browser() {
    local package missing=()
    if [[ ${1:-} == --install ]]; then
        has_browser || missing+=(chromium)
        for package in fonts-dejavu-core fonts-noto-color-emoji; do
            is_installed "$package" || missing+=("$package")
        done
        install_packages "${missing[@]}"
    fi
    has_browser || fail "Chromium is missing: install it, on Debian chromium, or name another" \
        "Chromium or Chrome in FOOBAR_TEST_BROWSER"
}

# On other systems than Linux, Playwright downloads its own browser.
has_browser() {
    [[ -x ${FOOBAR_TEST_BROWSER:-/usr/bin/chromium} || $(uname) != Linux ]]
}

is_installed() {
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

docker_answers() {
    command -v docker >/dev/null && docker version >/dev/null 2>&1
}

# Starts Docker if it is installed and not running.
require_docker() {
    docker_answers && return
    command -v docker >/dev/null ||
        fail "Docker is missing: install it, on Debian docker.io, or add --install"
    [[ $EUID -eq 0 ]] ||
        fail "Docker does not answer this user: start it, and join the group docker or become root"
    command -v dockerd >/dev/null ||
        fail "Docker's daemon is missing: install it, on Debian docker.io, or add --install"
    say "Starting Docker"
    if [[ -d /run/systemd/system ]]; then
        systemctl start docker
    else
        start_dockerd
    fi
    wait_for 30 docker_answers || fail "Docker does not start: see /var/log/dockerd.log or its journal"
}

# For a machine without an init system. systemd in the lab's servers needs cgroup v2; if the machine mounts
# v1, the daemon gets v2 in a mount namespace of its own, and the machine keeps v1.
start_dockerd() {
    local start='exec dockerd'
    if [[ $(stat --file-system --format=%T /sys/fs/cgroup) != cgroup2fs ]]; then
        start="umount --recursive /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup; $start"
    fi
    setsid unshare --mount --propagation private sh -c "$start" \
        >/var/log/dockerd.log 2>&1 </dev/null &
}

# Application ----------------------------------------------------------------------------

# Builds the jar, and target/uplot for the dashboard.
build_jar() {
    if [[ -e $jar && -e $root/target/uplot/uPlot.iife.min.js &&
        -z $(find "$root/pom.xml" "$root/src/main" -newer "$jar" -print -quit) ]]; then
        echo "up to date"
        return
    fi
    (cd "$root" && mvn -q -B -DskipTests package)
    # Maven dates the jar as the reproducible build does, long ago.
    touch "$jar"
}

# Images ---------------------------------------------------------------------------------

# The kind of base: FOOBAR_LAB_BASE; by default debootstrap if it is installed, or else registry.
base_kind() {
    local kind=${FOOBAR_LAB_BASE:-}
    if [[ -z $kind ]]; then
        if is_debian_root && command -v debootstrap >/dev/null; then
            kind=debootstrap
        else
            kind=registry
        fi
    fi
    [[ $kind == debootstrap || $kind == registry ]] ||
        fail "FOOBAR_LAB_BASE is [$kind]: write debootstrap or registry"
    echo "$kind"
}

# build_images <target...>: builds these images; without an argument mysql, control and server.
build_images() {
    local kind target base=$registry_base
    kind=$(base_kind)
    if [[ $kind == debootstrap ]]; then
        base=$debootstrap_base
        docker image inspect "$base" >/dev/null 2>&1 || make_base
    fi
    (($#)) || set -- mysql control server
    for target in "$@"; do
        build_image "$target" "$base"
    done
}

image_name() {
    case $1 in
        mysql) echo foobar/mysql:9.7 ;;
        *) echo "foobar/$1" ;;
    esac
}

# Builds in the host's network, so that the host's apt settings are valid, including proxies on localhost.
build_image() {
    local name log
    name=$(image_name "$1")
    echo "$name"
    log=$(docker build --force-rm --network host --build-arg "BASE=$2" \
        --target "$1" --tag "$name" "$root/deploy/image" 2>&1) ||
        fail "the image $name cannot be built:"$'\n'"$log"
}

remove_images() {
    local name
    for name in foobar/server foobar/bare foobar/control foobar/repository foobar/mysql:9.7 "$debootstrap_base"; do
        docker image rm --force "$name" >/dev/null 2>&1 || true
    done
    # untagged images of earlier builds
    docker image prune --force --filter label=foobar-image >/dev/null
}

# Builds a minimal Debian 13, with the mirrors and the download settings of this machine.
make_base() (
    echo "making $debootstrap_base with debootstrap"
    dir=$(mktemp -d /var/tmp/foobar-base.XXXXXX)
    trap 'rm -rf "$dir"' EXIT
    mirror=$(mirror_of Debian)
    debootstrap --variant=minbase --include=ca-certificates trixie "$dir" ${mirror:+"$mirror"} >"$dir.log" ||
        fail "debootstrap failed: see $dir.log"
    read -r _ mirror _ <"$dir/etc/apt/sources.list"
    security=$(mirror_of Debian-Security)
    printf 'deb %s main\n' "$mirror trixie" "$mirror trixie-updates" \
        "${security:-$mirror-security} trixie-security" >"$dir/etc/apt/sources.list"
    rm -rf "$dir.log" "$dir"/var/cache/apt/archives/*.deb "$dir"/var/lib/apt/lists/*
    apt-config dump | grep -E '^Acquire::(Check-|http|ftp|Retries|Force)' >"$dir/etc/apt/apt.conf.d/99host" || true
    tar -C "$dir" -c . | docker import - "$debootstrap_base" >/dev/null
)

# mirror_of <label>: prints this machine's mirror of Debian or Debian-Security.
mirror_of() {
    # shellcheck disable=SC2016  # apt expands the $(...)
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Label: $1" | sed -n '1{s,/$,,;p}'
}

# Containers -----------------------------------------------------------------------------
# The caller sets prefix, which is the prefix of the containers' names, the name of their network and
# their label, and defines the function inventory, which prints the path of the inventory.
prefix=

# Hosts and addresses come from the inventory only.
hosts() {
    sed -nE 's/^ +([a-z]+-[0-9]+): \{ address: .*/\1/p' "$root/$(inventory)"
}

address() {
    sed -nE "s/^ +$1: \{ address: ([0-9.]+)[ ,].*/\1/p" "$root/$(inventory)"
}

ipv6_address() {
    sed -nE "s/^ +$1: \{ .*ipv6_address: \"([0-9a-f:]+)\"[ ,].*/\1/p" "$root/$(inventory)"
}

network() {
    local hosts first
    hosts=$(hosts)
    first=$(address "${hosts%%$'\n'*}")
    echo "${first%.*}"
}

# ipv6_network: prints the network's prefix, such as fd80:88::, or nothing if the inventory has no IPv6 addresses.
ipv6_network() {
    local hosts first
    hosts=$(hosts)
    first=$(ipv6_address "${hosts%%$'\n'*}")
    echo "${first:+${first%::*}::}"
}

# start_network <label>: containers without an address in the inventory get one from the network's upper half.
start_network() {
    local ipv6 more=()
    ipv6=$(ipv6_network)
    [[ -z $ipv6 ]] || more=(--ipv6 --subnet "$ipv6/64" --ip-range "${ipv6}8000/113")
    docker network inspect "$prefix" >/dev/null 2>&1 ||
        docker network create --label "$1" --subnet "$(network).0/24" --ip-range "$(network).128/25" \
            ${more[@]+"${more[@]}"} "$prefix" >/dev/null
}

# The operator's machine, whose address the firewalls accept. The repository is mounted for the playbooks,
# including target/foobar.jar. Keys and passwords are generated in memory.
start_control() {
    local ipv6
    ipv6=$(ipv6_network)
    container control --ip "$(network).2" ${ipv6:+--ip6 "${ipv6}2"} --volume "$root:/srv/foobar:ro" --workdir /srv/foobar/deploy \
        --env ANSIBLE_CONFIG=/srv/foobar/deploy/ansible.cfg \
        --tmpfs /root/.ssh:mode=700 --tmpfs /root/secrets:mode=700 --init foobar/control
    [[ -z $ipv6 ]] || in_container control grep -q eth0 /proc/net/if_inet6 ||
        fail "the lab's containers have no IPv6. If they are older than its IPv6 addresses, run deploy/lab down;" \
            "otherwise enable IPv6 on Docker's machine (sysctl net.ipv6.conf.all.disable_ipv6=0), or remove ipv6_address and" \
            "the addresses with colons from deploy/inventory/lab"
}

# start_server <host> <image>
#
# systemd needs a writable cgroup of its own and its usual capabilities; --privileged would grant more, and
# fails on a machine that lacks some. SYS_PTRACE lets root read every process's mapped files, as on a real
# server. /var/lib/mysql is a volume, because MySQL cannot rename directories in an image's layers, as
# cloning another server's data requires. A server that reboots comes back; one that is killed stays down.
start_server() {
    local ipv6
    ipv6=$(ipv6_address "$1")
    # systemd sets this length of the queue of log lines when a machine starts; in a container it must not.
    container "$1" --ip "$(address "$1")" ${ipv6:+--ip6 "$ipv6"} --tty --env container=docker --restart unless-stopped \
        --cgroupns private --cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add NET_RAW --cap-add SYS_NICE --cap-add SYS_PTRACE \
        --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
        --sysctl net.unix.max_dgram_qlen=512 --tmpfs /run --tmpfs /tmp --volume /var/lib/mysql "$2"
}

# Whether the inventory has servers that monitor the others.
has_ops() {
    grep -q '^ops:' "$root/$(inventory)"
}

# Receives Alertmanager's notifications: mails and requests become files below /run/receivers. Its certificate is the
# lab's CA's, and the password that of the inventory; both come from the control container. Runs after introduce.
start_receivers() {
    local file
    in_container control sh -c 'cd ~/secrets && umask 077 && { test -e alertmanager_smtp ||
        openssl rand -hex 16 | tr -d "\n" > alertmanager_smtp; } && { test -e receivers.pem ||
        { printf "subjectAltName=DNS:receivers\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n" > receivers.cnf &&
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=receivers -keyout receivers.key 2>/dev/null |
        openssl x509 -req -CA authority.pem -CAkey authority.key -days 365 -extfile receivers.cnf -out receivers.pem 2>/dev/null; }; }'
    container receivers --volume "$root:/srv/foobar:ro" --tmpfs /run:mode=755 --init foobar/control \
        sh -c 'until test -e /run/secrets/ready; do sleep 0.2; done
            exec /srv/foobar/deploy/tests/receivers --directory /run/receivers --certificate /run/secrets/receivers.pem \
            --key /run/secrets/receivers.key --password-file /run/secrets/alertmanager_smtp'
    in_container receivers mkdir -p -m 700 /run/secrets
    for file in receivers.pem receivers.key alertmanager_smtp; do
        in_container control cat "/root/secrets/$file" | in_container receivers sh -c "cat > /run/secrets/$file"
    done
    in_container receivers touch /run/secrets/ready
    wait_for 30 in_container receivers sh -c 'curl --silent --insecure https://localhost/; test $? -ne 7' ||
        fail "the receivers of alerts do not start: docker logs $prefix-receivers"
}

wait_for_ssh() {
    wait_for 60 in_container "$1" systemctl is-active ssh ||
        fail "$1 does not start: docker logs $prefix-$1"
}

# container <name> <arguments of docker create...>: creates the container if it is missing, and starts it.
container() {
    local name=$1
    shift
    docker container inspect "$prefix-$name" >/dev/null 2>&1 ||
        docker create --name "$prefix-$name" --hostname "$name" --network "$prefix" \
            --network-alias "$name" --label "$prefix" "$@" >/dev/null
    docker start "$prefix-$name" >/dev/null
    echo "$name"
}

# is_outdated <name>: whether its image was rebuilt after the container was created.
is_outdated() {
    local image id
    read -r image id < <(docker container inspect \
        --format '{{.Config.Image}} {{.Image}}' "$prefix-$1" 2>/dev/null) || return 1
    [[ -n $image && $id != "$(docker image inspect --format '{{.Id}}' "$image")" ]]
}

in_container() {
    local name=$1
    shift
    docker exec --interactive "$prefix-$name" "$@"
}

# introduce <user>: generates Ansible's ssh key in the control container, which it never leaves, lets it sign
# in as the user on every server, and collects the servers' host keys. It also generates the
# certificate authority (CA) and the ACME account's key, which stay there as well.
introduce() {
    local host key
    in_container control sh -c \
        'test -e ~/.ssh/id_ed25519 || ssh-keygen -q -t ed25519 -N "" -C foobar -f ~/.ssh/id_ed25519'
    in_container control sh -c 'cd ~/secrets && test -e authority.pem ||
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=foobar test" \
            -addext keyUsage=critical,keyCertSign,cRLSign \
            -keyout authority.key -out authority.pem 2>/dev/null'
    in_container control sh -c 'cd ~/secrets && test -e acme.key ||
        openssl ecparam -name prime256v1 -genkey -noout -out acme.key'
    key=$(in_container control cat /root/.ssh/id_ed25519.pub)
    for host in $(hosts); do
        in_container "$host" runuser --login "$1" --command \
            'umask 077; mkdir -p ~/.ssh; cat > ~/.ssh/authorized_keys' <<<"$key"
        printf '%s %s\n' "$host" "$(in_container "$host" cat /etc/ssh/ssh_host_ed25519_key.pub)"
    done | in_container control sh -c 'cat > ~/.ssh/known_hosts'
}

remove_containers() {
    local containers
    containers=$(docker ps --all --quiet --filter "label=$prefix")
    # shellcheck disable=SC2086  # each word is a container
    [[ -z $containers ]] || docker rm --force --volumes $containers >/dev/null
    docker network rm "$prefix" >/dev/null 2>&1 || true
}
