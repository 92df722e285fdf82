@echo off
rem The workbook's command line for Windows: builds itself when something changed, and starts.
setlocal
set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "BUILT=%ROOT%\cli\target\launcher"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
    echo There is no java. Install a JDK 17 or newer, and set JAVA_HOME to it. 1>&2
    exit /b 3
)

rem An update that broke off has left files of two versions: the program that began it ends it.
if exist "%ROOT%\.workbook\update\pending" if exist "%BUILT%\stamp" goto run
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
    "$root = $env:ROOT; $stamp = Join-Path $env:BUILT 'stamp';" ^
    "if (-not (Test-Path $stamp) -or (Get-Content $stamp) -ne $root) { exit 1 };" ^
    "$sources = Get-ChildItem -Recurse -File \"$root\pom.xml\", \"$root\workbench\src\", \"$root\cli\src\main\";" ^
    "$sources += Get-ChildItem \"$root\*\pom.xml\", \"$root\lessons\*\pom.xml\", \"$root\servers\*\pom.xml\";" ^
    "$built = (Get-Item $stamp).LastWriteTime;" ^
    "if ($sources | Where-Object { $_.LastWriteTime -gt $built }) { exit 1 }"
if errorlevel 1 call :build || exit /b 3

:run
if not defined TESTCONTAINERS_RYUK_DISABLED set "TESTCONTAINERS_RYUK_DISABLED=true"
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED "-Dworkbook.root=%ROOT%" ^
    "@%BUILT%\classpath.args" mqworkbook.cli.Main %*
exit /b %errorlevel%

:build
echo Building the workbook (first time: about a minute) ... 1>&2
if not exist "%BUILT%" mkdir "%BUILT%"
if exist "%BUILT%\stamp" del "%BUILT%\stamp"
set "MODULES=cli"
setlocal enabledelayedexpansion
for /d %%L in ("%ROOT%\lessons\*-*") do set "MODULES=!MODULES!,lessons/%%~nxL"
pushd "%ROOT%"
call mvnw.cmd --batch-mode --quiet compile -Dlauncher -pl "!MODULES!" >"%BUILT%\build.txt" 2>&1
if errorlevel 1 (
    popd
    type "%BUILT%\build.txt" 1>&2
    echo The workbook could not be built; Maven says why above. 1>&2
    exit /b 3
)
popd
endlocal
rem The class path is longer than a command may be; in an argument file, backslashes are doubled.
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
    "$path = \"$env:ROOT\cli\target\classes;\" + (Get-Content (Join-Path $env:BUILT 'classpath'));" ^
    "'-classpath \"' + $path.Replace('\', '\\') + '\"' | Set-Content (Join-Path $env:BUILT 'classpath.args')"
>"%BUILT%\stamp" echo %ROOT%
exit /b 0
